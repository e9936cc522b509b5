using Perpkeel.Cli.Accounts;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Execution;

namespace Perpkeel.Cli.Executing;

/// <summary>Why something was not done.</summary>
internal sealed record ToldError(string Code, string Message, string Mend)
{
    /// <summary>An error as it is told; null for none.</summary>
    public static ToldError? Of(TradeExecutionError? error) =>
        error is null ? null : new ToldError(error.Code, error.Message, error.Mend);
}

/// <summary>What <c>perpkeel execute</c> tells.</summary>
internal sealed record ExecuteAnswer
{
    /// <summary>Whose, and as of when.</summary>
    public required AnswerHead Head { get; init; }

    /// <summary>The signal's id.</summary>
    public required string Signal { get; init; }

    /// <summary>Which market.</summary>
    public required string Market { get; init; }

    /// <summary>What was wanted.</summary>
    public required string Action { get; init; }

    /// <summary>done, resting, under-way, refused, not-filled, would-be-sent and the like.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whether everything that was asked for was done, or would be.</summary>
    public required bool IsSuccess { get; init; }

    /// <summary>Whether nothing was sent because only the preview was asked for.</summary>
    public required bool IsDryRun { get; init; }

    /// <summary>Whether the id was known, so that this is the first one's outcome.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>Why not; null where nothing is wrong.</summary>
    public ToldError? Error { get; init; }

    /// <summary>The bracket that carries it out; 0 without one.</summary>
    public long Bracket { get; init; }

    /// <summary>Which way and how much; null where nothing was planned.</summary>
    public string? Planned { get; init; }

    /// <summary>Worst price of the entry.</summary>
    public string? EntryLimit { get; init; }

    /// <summary>Oracle price of the stop.</summary>
    public string? Stop { get; init; }

    /// <summary>Oracle price of the target.</summary>
    public string? Target { get; init; }

    /// <summary>How much was filled.</summary>
    public string? Filled { get; init; }

    /// <summary>Average price of the fills.</summary>
    public string? AveragePrice { get; init; }

    /// <summary>How much worse than expected, in percent.</summary>
    public string? SlippagePercent { get; init; }

    /// <summary>What the fills cost, USD.</summary>
    public string? Fees { get; init; }

    /// <summary>Milliseconds of engine time until this answer.</summary>
    public long TookMs { get; init; }

    /// <summary>What was looked at on the way.</summary>
    public IReadOnlyList<TraceStep> Steps { get; init; } = [];

    /// <summary>What became of a signal.</summary>
    public static ExecuteAnswer Of(AccountView view, TradeSignal signal, ExecutionReport report)
    {
        var bracket = view.State.Brackets.Values.FirstOrDefault(each => each.Id == report.Bracket);
        return New(view, signal) with
        {
            Outcome = report.Reason,
            IsSuccess = report.IsSuccess,
            IsRepeat = report.IsRepeat,
            Error = ToldError.Of(report.Error),
            Bracket = report.Bracket,
            Planned = bracket is null ? null : $"{Words.PositionOf(bracket.Side)} {bracket.Size}",
            Stop = bracket?.StopTrigger.ToString(),
            Target = bracket?.TargetTrigger.ToString(),
            Filled = report.Filled.IsZero ? null : report.Filled.ToString(),
            AveragePrice = report.AveragePrice is { } price ? Rounded(price, 8) : null,
            SlippagePercent = report.Slippage is { } slippage ? Rounded(slippage * 100m, 4) : null,
            Fees = report.Filled.IsZero ? null : Words.Exact(report.Fees),
            TookMs = (long)report.Took.TotalMilliseconds,
        };
    }

    /// <summary>What a signal would lead to.</summary>
    public static ExecuteAnswer Of(AccountView view, TradeSignal signal, IReadOnlyList<JournaledFact> preview)
    {
        var answer = New(view, signal) with { IsDryRun = true };
        foreach (var fact in preview)
        {
            answer = fact.Fact switch
            {
                Fact.SignalRefused refused => answer with
                {
                    Outcome = "would-be-refused",
                    IsSuccess = false,
                    Error = ToldError.Of(refused.Error),
                    Steps = refused.Steps,
                },
                Fact.EntryPlanned { Bracket: var bracket } planned => answer with
                {
                    Bracket = bracket.Id,
                    Planned = $"{Words.PositionOf(bracket.Side)} {bracket.Size}",
                    EntryLimit = bracket.EntryLimit.ToString(),
                    Stop = bracket.StopTrigger.ToString(),
                    Target = bracket.TargetTrigger.ToString(),
                    Steps = planned.Steps is { } steps ? steps : [],
                },
                Fact.AddPlanned add => answer with
                {
                    Planned = $"add {add.Size}",
                    EntryLimit = add.EntryLimit.ToString(),
                    Steps = add.Steps,
                },
                Fact.ReduceWanted reduce => answer with { Planned = $"reduce by {reduce.Size}" },
                Fact.CloseWanted close => answer with { Planned = $"close ({close.Reason})" },
                Fact.AmendWanted amend => answer with { Planned = $"entry at {amend.Terms.Limit}" },
                _ => answer,
            };
        }

        return preview.Count > 0 ? answer : answer with { Outcome = "known-already", IsRepeat = true };
    }

    private static ExecuteAnswer New(AccountView view, TradeSignal signal) => new()
    {
        Head = view.Head,
        Signal = signal.Id.Value,
        Market = signal.Market.Value,
        Action = Words.Kebab(signal.Action.ToString()),
        Outcome = "would-be-sent",
        IsSuccess = true,
        IsDryRun = false,
    };

    private static string Rounded(decimal value, int places) => Decimals.Text(decimal.Round(value, places));
}

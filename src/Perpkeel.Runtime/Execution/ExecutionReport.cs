using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Runtime.Execution;

/// <summary>What became of a signal, as far as it is known when the caller is answered.</summary>
public sealed record ExecutionReport
{
    /// <summary>Which signal.</summary>
    public required SignalId Signal { get; init; }

    /// <summary>How far it has come.</summary>
    public required SignalPhase Phase { get; init; }

    /// <summary>What ended it, or what it waits for: a stable name.</summary>
    public required string Reason { get; init; }

    /// <summary>Why it was refused, or what is not known of it; null where nothing is wrong.</summary>
    public TradeExecutionError? Error { get; init; }

    /// <summary>The bracket that carries it out; 0 without one.</summary>
    public long Bracket { get; init; }

    /// <summary>How much was filled.</summary>
    public Size Filled { get; init; }

    /// <summary>Average price of the fills; null without any.</summary>
    public decimal? AveragePrice { get; init; }

    /// <summary>
    /// How much worse than the price that was there when the signal came, as a fraction of it; negative where
    /// it was better, null without a fill.
    /// </summary>
    public decimal? Slippage { get; init; }

    /// <summary>What the fills cost in fees.</summary>
    public Usd Fees { get; init; }

    /// <summary>Engine time from the call to this answer.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>
    /// Whether the signal had been received before, so that this is the first one's outcome.
    /// </summary>
    public bool IsRepeat { get; init; }

    /// <summary>
    /// Whether what was asked for was done, at least in part, or is under way: an opening or a reduction has
    /// filled, an amendment stands, a close has ended its bracket.
    /// </summary>
    public bool IsSuccess => Error is null && IsDone && Phase is SignalPhase.Ended or SignalPhase.Working;

    /// <summary>Whether a signal that has ended did what it was for.</summary>
    internal bool IsDone { get; init; }

    /// <summary>A signal's state as an answer.</summary>
    /// <param name="state">The signal.</param>
    /// <param name="side">The side of its orders.</param>
    /// <param name="reason">What it waits for, where it is not over.</param>
    internal static ExecutionReport Of(SignalState state, Side side, string reason) => new()
    {
        Signal = state.Signal.Id,
        Phase = state.Phase,
        Reason = state.Reason ?? reason,
        Error = state.Error,
        Bracket = state.Bracket,
        Filled = state.Filled,
        AveragePrice = state.AveragePrice,
        Slippage = SlippageOf(state, side),
        Fees = state.Fees,
        IsDone = IsDoneBy(state, state.Reason ?? reason),
    };

    private static bool IsDoneBy(SignalState state, string reason) => state.Phase switch
    {
        SignalPhase.Working => !string.Equals(reason, ExecutionWords.Unanswered, StringComparison.Ordinal),
        SignalPhase.Ended => state.Signal.Action switch
        {
            SignalAction.Close => true,
            SignalAction.Amend => string.Equals(reason, "amended", StringComparison.Ordinal),
            _ => !state.Filled.IsZero,
        },
        _ => false,
    };

    private static decimal? SlippageOf(SignalState state, Side side) =>
        state is { AveragePrice: { } average, Expected: { Value: > 0m } expected }
            ? (average - expected.Value) * side.Sign() / expected.Value
            : null;
}

/// <summary>Stable names of what a signal waits for.</summary>
public static class ExecutionWords
{
    /// <summary>Its entry rests in the book.</summary>
    public const string Resting = "resting";

    /// <summary>Its orders are under way.</summary>
    public const string UnderWay = "under-way";

    /// <summary>Nobody knows yet what became of its order.</summary>
    public const string Unanswered = "outcome-unknown";

    /// <summary>A flip that waits until the position is closed.</summary>
    public const string AwaitsFlat = "awaits-flat";
}

using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Markets.Replay;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Cli.Running;

/// <summary>The markets of a run: a seed or a recording.</summary>
internal sealed record MarketChoice
{
    private const int FingerprintLength = 12;

    /// <summary>
    /// Where second 0 of a synthetic market lies: a fixed day, so that a seed gives one journal.
    /// </summary>
    private static readonly DateTimeOffset SyntheticStart = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The source.</summary>
    public required IMarketSource Source { get; init; }

    /// <summary>When its past begins.</summary>
    public required DateTimeOffset BeginsAt { get; init; }

    /// <summary>Name of the account's environment, and of the default folder.</summary>
    public required string Environment { get; init; }

    /// <summary>Rows of a recording; 0 for a synthetic market.</summary>
    public long Rows { get; init; }

    /// <summary>When the source ends; null for one that does not.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>What the user should know of the data: gaps, assumptions, notes.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Opens what the options name.</summary>
    public static Result<MarketChoice, UserError> Open(RunOptions options) =>
        options.Replay is { } path ? OpenReplay(path, options.Funding) : OpenSynthetic(options);

    private static MarketChoice OpenSynthetic(RunOptions options)
    {
        var seed = (ulong)options.Config.Run.Seed;
        var model = MarketModels.Find(options.Config.Run.MarketModel) ?? MarketModels.Usual;
        return new MarketChoice
        {
            Source = new SyntheticMarkets(seed, SyntheticStart, model),
            BeginsAt = SyntheticStart - SyntheticMarkets.Past,
            // A journal is never continued on another market; the usual one keeps the name that it had.
            Environment = model == MarketModels.Usual
                ? $"synthetic-{seed}"
                : $"synthetic-{model.Name}-{seed}",
        };
    }

    private static Result<MarketChoice, UserError> OpenReplay(string path, string? funding)
    {
        if (!ReplayFiles.Load(path, funding).TryGet(out var data, out var failure))
        {
            return new UserError(failure.ToString().Split('\n'));
        }

        return new MarketChoice
        {
            Source = data.Open(),
            BeginsAt = data.StartsAt,
            Environment = $"replay-{data.Fingerprint[..FingerprintLength]}",
            Rows = data.Rows,
            EndsAt = data.EndsAt,
            Remarks =
            [
                .. data.Gaps.Where(gaps => gaps.Count > 0).Select(Words), .. data.Assumptions, .. data.Notes,
            ],
        };
    }

    private static string Words(ReplayGaps gaps) =>
        $"{gaps.Market}: {(gaps.Count == 1 ? "1 gap" : $"{gaps.Count} gaps, the first")} "
        + $"from {gaps.First[0].From:yyyy-MM-dd HH:mm} until {gaps.First[0].Until:yyyy-MM-dd HH:mm} UTC; "
        + "skipped, nothing is filled in";
}

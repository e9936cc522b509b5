using System.Collections.Immutable;
using Perpkeel.Core.Margin.Accounts;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>After less before, in the account's asset.</summary>
public sealed record MarginDelta
{
    private MarginDelta()
    {
    }

    /// <summary>Every position that is there before or after, in the order of symbols.</summary>
    public required ImmutableArray<PositionDelta> Positions { get; init; }

    /// <summary>Notional of all positions.</summary>
    public required decimal Notional { get; init; }

    /// <summary>Maintenance margin of all positions.</summary>
    public required decimal Maintenance { get; init; }

    /// <summary>Initial margin of all positions.</summary>
    public required decimal Initial { get; init; }

    /// <summary>Equity.</summary>
    public required decimal Equity { get; init; }

    /// <summary>What new orders may use.</summary>
    public required decimal Available { get; init; }

    /// <summary>Cross margin ratio; null when it is infinite before or after.</summary>
    public required decimal? CrossRatio { get; init; }

    /// <summary>What lies between two states of an account.</summary>
    public static MarginDelta Of(AccountMargin before, AccountMargin after) => new()
    {
        Positions =
        [
            .. before.Positions.Concat(after.Positions).Select(held => held.Key).Distinct().Order()
                .Select(key => new PositionDelta(key, before.Find(key), after.Find(key))),
        ],
        Notional = after.Notional - before.Notional,
        Maintenance = after.Maintenance - before.Maintenance,
        Initial = after.Initial - before.Initial,
        Equity = after.Equity - before.Equity,
        Available = after.Available - before.Available,
        CrossRatio = after.CrossRatio - before.CrossRatio,
    };
}

/// <summary>A position before and after. What is not there counts as nothing.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Before">Before; null when it was not there.</param>
/// <param name="After">After; null when it is gone.</param>
public sealed record PositionDelta(PositionKey Key, HeldMargin? Before, HeldMargin? After)
{
    /// <summary>Change of the signed size.</summary>
    public decimal Size => (After?.Position.Size ?? 0m) - (Before?.Position.Size ?? 0m);

    /// <summary>Change of the notional.</summary>
    public decimal Notional => (After?.Margin.Notional ?? 0m) - (Before?.Margin.Notional ?? 0m);

    /// <summary>Tier after less tier before; none counts as 0.</summary>
    public int Tier => (After?.Margin.Tier ?? 0) - (Before?.Margin.Tier ?? 0);

    /// <summary>Change of its own maintenance margin.</summary>
    public decimal Maintenance => (After?.Margin.Maintenance ?? 0m) - (Before?.Margin.Maintenance ?? 0m);

    /// <summary>Change of its initial margin.</summary>
    public decimal Initial => (After?.Margin.Initial ?? 0m) - (Before?.Margin.Initial ?? 0m);

    /// <summary>Change of its margin ratio; null unless there is one before and after.</summary>
    public decimal? Ratio => After?.Margin.MarginRatio - Before?.Margin.MarginRatio;

    /// <summary>
    /// Change of its liquidation price; null unless there is one before and after, both reached from the same
    /// side: an upper end less a lower one is no change.
    /// </summary>
    public decimal? LiquidationPrice => Before?.LiquidationSide == After?.LiquidationSide
        ? After?.LiquidationPrice - Before?.LiquidationPrice
        : null;
}

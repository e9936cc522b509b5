using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Risk;

/// <summary>
/// What the risk gate knows of an account when it is asked, at the prices the request rests on.
/// </summary>
public sealed record AccountFacts
{
    /// <summary>Balance plus the worth of all positions.</summary>
    public required Usd Equity { get; init; }

    /// <summary>Equity less initial margins and reservations; may be negative.</summary>
    public required Usd Available { get; init; }

    /// <summary>Worth of all positions without signs, planned entries included.</summary>
    public required Usd GrossExposure { get; init; }

    /// <summary>Positions and planned entries.</summary>
    public required int Positions { get; init; }

    /// <summary>When the last entry was planned.</summary>
    public required DateTimeOffset? LastEntryAt { get; init; }

    /// <summary>Equity at the first mark of the day.</summary>
    public required Usd DayStartEquity { get; init; }

    /// <summary>Highest equity marked.</summary>
    public required Usd PeakEquity { get; init; }

    /// <summary>Whether the placement budget has room for all that an entry places.</summary>
    public required bool HasPlacementRoom { get; init; }

    /// <summary>Orders that the venue keeps in its state, those of the asked entry included.</summary>
    public int StatefulOrders { get; init; }

    /// <summary>Orders of which nobody knows yet what became of them.</summary>
    public int UnknownOutcomes { get; init; }

    /// <summary>Entries and changes within the last minute.</summary>
    public int RecentChanges { get; init; }

    /// <summary>Whether the market is owned by a bracket already.</summary>
    public required bool MarketIsTaken { get; init; }
}

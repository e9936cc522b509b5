using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Core.Execution;

/// <summary>What a signal wants done with the position in its market.</summary>
public enum SignalAction
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>Open one in a free market.</summary>
    Open,

    /// <summary>Add to the one that is there.</summary>
    Add,

    /// <summary>Close a part of it.</summary>
    Reduce,

    /// <summary>Close all of it.</summary>
    Close,

    /// <summary>Close all of it and, once flat, open one the other way.</summary>
    Flip,

    /// <summary>Put another price on the entry that still waits.</summary>
    Amend,
}

/// <summary>Where a signal comes from.</summary>
public enum SignalSource
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>A person at the command.</summary>
    Person,

    /// <summary>A program at the API.</summary>
    Api,

    /// <summary>A webhook.</summary>
    Webhook,

    /// <summary>A strategy of ours.</summary>
    Strategy,
}

/// <summary>
/// What somebody wants done, once: the same id sent again is answered with what became of the first.
/// </summary>
public sealed record TradeSignal
{
    /// <summary>The caller's own name for it.</summary>
    public required SignalId Id { get; init; }

    /// <summary>The strategy that owns the market then.</summary>
    public required string Strategy { get; init; }

    /// <summary>Where it comes from.</summary>
    public required SignalSource Source { get; init; }

    /// <summary>When it was made: one that is too old is not carried out.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Which market.</summary>
    public required MarketId Market { get; init; }

    /// <summary>What it wants.</summary>
    public required SignalAction Action { get; init; }

    /// <summary>Which way, where it opens; for a flip the side of what comes after it.</summary>
    public Side Side { get; init; }

    /// <summary>
    /// How much, in base units; cut to the step. Without it an opening is sized by the risk of its stop. An
    /// opening of a given size is carried out in full or refused.
    /// </summary>
    public Size? Size { get; init; }

    /// <summary>
    /// Oracle price of the stop; an opening needs it or <see cref="StopDistance"/>.
    /// </summary>
    public Price? Stop { get; init; }

    /// <summary>Distance of the stop from the entry, as a fraction of it.</summary>
    public decimal? StopDistance { get; init; }

    /// <summary>
    /// Oracle price of the target; without it the account's ratio of reward to risk sets it.
    /// </summary>
    public Price? Target { get; init; }

    /// <summary>How far the stop follows the best price, as a fraction of it; null: it stands.</summary>
    public decimal? TrailBy { get; init; }

    /// <summary>How long the position is held at most; null: for as long as it lasts.</summary>
    public TimeSpan? HoldFor { get; init; }

    /// <summary>How the entry waits for a price; null: it takes at the market.</summary>
    public EntryTerms? Entry { get; init; }

    /// <summary>Whether it asks for new risk.</summary>
    public bool IsNewRisk => Action is SignalAction.Open or SignalAction.Add or SignalAction.Flip
        or SignalAction.Amend;
}

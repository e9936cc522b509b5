namespace Perpkeel.Simulation.Chain.Book;

/// <summary>How an order that came has ended, or where it is now.</summary>
internal enum PlaceOutcome : byte
{
    /// <summary>No order came.</summary>
    None = 0,

    /// <summary>All or the rest of it is in the book.</summary>
    Resting,

    /// <summary>All of it was filled.</summary>
    Filled,

    /// <summary>Immediate or cancel: what was not filled was dropped.</summary>
    RestDropped,

    /// <summary>Post only: it would have taken, and was refused without a fill.</summary>
    WouldTake,

    /// <summary>The judge ended it; what was filled stays filled, the rest was dropped.</summary>
    Stopped,
}

/// <summary>What became of an order that came.</summary>
/// <param name="Outcome">How it has ended, or that it rests.</param>
/// <param name="Reason">Why the judge stopped it; none when it did not.</param>
/// <param name="Handle">Finds it where it rests; otherwise the default.</param>
/// <param name="Filled">What was filled of it at once, in base quantums.</param>
/// <param name="Left">What was not: it rests, or was dropped.</param>
internal readonly record struct Placement(
    PlaceOutcome Outcome, MatchRefusal Reason, OrderHandle Handle, long Filled, long Left);

using System.Collections.Immutable;

namespace Perpkeel.Core.Orders;

/// <summary>
/// The placements of resting orders that a dYdX owner may make: 2 a block and 20 in 100 blocks. Five of the
/// twenty are kept for protection, so that no entry can use up the room its stop needs.
/// </summary>
/// <remarks>
/// Source: dYdX block rate limits, stateful orders. A session sees no blocks: one is counted here as
/// <see cref="BlockTime"/> of engine time, and a hundred as <see cref="WindowTime"/>, the longest that they
/// usually take, since refused attempts count against the hundred, too. Where two seconds fall into one
/// block the venue refuses the third placement for that block, and it is sent again after it.
/// </remarks>
public sealed record PlacementBudget
{
    /// <summary>Placements in one block.</summary>
    public const int PerBlock = 2;

    /// <summary>Placements in <see cref="WindowBlocks"/> blocks.</summary>
    public const int PerWindow = 20;

    /// <summary>Length of the long window.</summary>
    public const int WindowBlocks = 100;

    /// <summary>Placements of the long window that only protection may use.</summary>
    public const int KeptForProtection = 5;

    /// <summary>Engine time that is counted as one block.</summary>
    public static TimeSpan BlockTime => TimeSpan.FromSeconds(1);

    /// <summary>Engine time that is counted as <see cref="WindowBlocks"/> blocks.</summary>
    public static TimeSpan WindowTime => TimeSpan.FromSeconds(3 * WindowBlocks);

    /// <summary>Times of the placements within the long window, oldest first.</summary>
    public ImmutableArray<DateTimeOffset> Times { get; init; } = [];

    /// <summary>The budget after a placement; forgets what has left the window.</summary>
    public PlacementBudget Take(DateTimeOffset now)
    {
        var from = now - WindowTime;
        return new() { Times = [.. Times.Where(at => at > from), now] };
    }

    /// <summary>
    /// The earliest time, not before <paramref name="now"/>, at which a protecting order may be placed.
    /// </summary>
    public DateTimeOffset ProtectionFrom(DateTimeOffset now)
    {
        var free = now;
        if (Times.Length >= PerBlock) free = Later(free, Times[^PerBlock] + BlockTime);
        if (Times.Length >= PerWindow) free = Later(free, Times[^PerWindow] + WindowTime);
        return free;
    }

    /// <summary>
    /// The earliest time, not before <paramref name="now"/>, at which an order may be placed that can wait:
    /// it leaves alone what is kept for protection.
    /// </summary>
    public DateTimeOffset FreeFrom(DateTimeOffset now)
    {
        const int Open = PerWindow - KeptForProtection;
        var free = ProtectionFrom(now);
        return Times.Length >= Open ? Later(free, Times[^Open] + WindowTime) : free;
    }

    /// <summary>Whether a new entry may count on room for all that it places: stop, target, itself.</summary>
    /// <param name="now">Engine time.</param>
    /// <param name="placements">How many of its orders the venue keeps in its state.</param>
    public bool HasRoomForEntry(DateTimeOffset now, int placements)
    {
        var from = now - WindowTime;
        var used = Times.Count(at => at > from);
        return used + placements <= PerWindow - KeptForProtection && ProtectionFrom(now) <= now;
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) =>
        left >= right ? left : right;
}

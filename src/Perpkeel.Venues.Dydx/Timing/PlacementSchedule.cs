using System.Collections.Immutable;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Timing;

/// <summary>When placements may go.</summary>
/// <param name="Block">
/// The earliest block; send when the chain has committed the one before it, or later.
/// </param>
/// <param name="Placements">How many go then.</param>
public readonly record struct PlacementSlot(uint Block, int Placements);

/// <summary>The state of a subaccount that its equity tier looks at.</summary>
/// <param name="OpenOrders">
/// Stateful orders that are open, as far as is known. No node lists them: the Indexer does, and a sender
/// knows those that it placed. What is not counted here is judged by the chain.
/// </param>
/// <param name="NetCollateral">Its equity.</param>
public readonly record struct StatefulRoom(int OpenOrders, Usd NetCollateral);

/// <summary>
/// The placements of one owner over all subaccounts, spread over blocks so that no limit of the chain is met.
/// Every placement counts, also one that fails. Safe to share between threads.
/// </summary>
/// <remarks>
/// The chain counts at each node when it hears of a placement, and nodes differ by a block: so each window is
/// taken longer by some blocks of guard.
/// </remarks>
public sealed class PlacementSchedule
{
    /// <summary>Blocks ahead that are ever promised.</summary>
    public const uint Horizon = 2_000;

    private readonly Lock _gate = new();
    private readonly ImmutableArray<BlockLimit> _limits;
    private readonly EquityTiers _tiers;
    private readonly uint _longest;
    private readonly SortedDictionary<uint, int> _booked = [];

    /// <summary>Takes the chain's limits.</summary>
    /// <param name="limits">E.g. <see cref="BlockLimit.UsualStateful"/>.</param>
    /// <param name="tiers">E.g. <see cref="EquityTiers.Documented"/>.</param>
    /// <param name="guardBlocks">Blocks by which each window is taken longer.</param>
    public PlacementSchedule(ImmutableArray<BlockLimit> limits, EquityTiers tiers, uint guardBlocks = 1)
    {
        _limits = [.. limits.Select(limit => limit with { Blocks = limit.Blocks + guardBlocks })];
        _tiers = tiers;
        _longest = _limits.IsEmpty ? 1 : _limits.Max(limit => limit.Blocks);
    }

    /// <summary>
    /// Books placements of one transaction in the earliest block that has room, and says which.
    /// </summary>
    /// <param name="height">The last committed block.</param>
    /// <param name="placements">Stateful placements in the transaction; cancels do not count.</param>
    /// <param name="room">What the subaccount has open.</param>
    public Result<PlacementSlot, TimingError> Book(uint height, int placements, StatefulRoom room)
    {
        if (placements < 1) return TimingError.NoPlacement(placements);
        foreach (var limit in _limits)
        {
            if (placements > limit.Most) return TimingError.TooManyAtOnce(placements, limit);
        }

        if (_tiers.Check(room.OpenOrders, placements, room.NetCollateral) is { } refused) return refused;
        lock (_gate)
        {
            Forget(height);
            for (var block = height + 1; block <= height + Horizon; block++)
            {
                if (!HasRoom(block, placements)) continue;
                _booked[block] = _booked.GetValueOrDefault(block) + placements;
                return new PlacementSlot(block, placements);
            }
        }

        return TimingError.BookedOut(Horizon);
    }

    /// <summary>Gives back what was booked and never sent.</summary>
    public void Release(PlacementSlot slot)
    {
        lock (_gate)
        {
            if (!_booked.TryGetValue(slot.Block, out var booked)) return;
            if (booked > slot.Placements) _booked[slot.Block] = booked - slot.Placements;
            else _booked.Remove(slot.Block);
        }
    }

    /// <summary>
    /// Whether every window with this block in it has room: of windows it is enough to look at those that
    /// begin with this block or with a booked one.
    /// </summary>
    private bool HasRoom(uint block, int placements)
    {
        foreach (var (blocks, most) in _limits)
        {
            if (CountFrom(block, blocks) + placements > most) return false;
            foreach (var first in _booked.Keys)
            {
                if (first >= block) break;
                if (first + blocks > block && CountFrom(first, blocks) + placements > most) return false;
            }
        }

        return true;
    }

    private int CountFrom(uint first, uint blocks) =>
        _booked.Where(booked => booked.Key >= first && booked.Key < first + blocks)
            .Sum(booked => booked.Value);

    private void Forget(uint height)
    {
        while (_booked.Count > 0 && _booked.Keys.First() is var oldest && oldest + _longest <= height)
        {
            _booked.Remove(oldest);
        }
    }
}

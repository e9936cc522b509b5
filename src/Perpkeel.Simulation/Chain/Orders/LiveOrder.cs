using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Book;

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>An order that the node or the chain keeps, and what has become of it so far.</summary>
internal sealed class LiveOrder
{
    /// <summary>A slot that is none.</summary>
    public const int NoSlot = -1;

    /// <summary>As it came.</summary>
    public required ChainOrder Order { get; init; }

    /// <summary>Index of its subaccount.</summary>
    public required int Account { get; init; }

    /// <summary>Which place it has in time; a trigger gives it a new one.</summary>
    public long Sequence { get; set; }

    /// <summary>Base quantums that were filled, of its id.</summary>
    public long Filled { get; set; }

    /// <summary>What may still be filled.</summary>
    public long Left => Order.Quantums - Filled;

    /// <summary>Its number in the books; <see cref="NoSlot"/> where it is in none.</summary>
    public int Slot { get; set; } = NoSlot;

    /// <summary>Where it rests.</summary>
    public OrderHandle Handle { get; set; }

    /// <summary>Why it ended; none while it lives.</summary>
    public RemovalReason End { get; set; }

    /// <summary>Whether its condition is met; it then acts as any order.</summary>
    public bool IsTriggered { get; set; }

    /// <summary>The TWAP of which it is a leg; null for others.</summary>
    public LiveOrder? Parent { get; init; }

    /// <summary>Under which of its owner's rules a permissioned key signed it; null for none.</summary>
    public IReadOnlyList<ulong>? Authenticators { get; init; }

    /// <summary>
    /// Whether it belongs to the market around the accounts that are watched: it knows no time in force, no
    /// limits of rates, and nodes tell nothing of it but its fills.
    /// </summary>
    public bool IsStanding { get; init; }

    /// <summary>Whether a cancel of it is being carried out.</summary>
    public bool IsCancelling { get; set; }

    /// <summary>Whether it has not ended.</summary>
    public bool IsLive => End == RemovalReason.None;

    /// <summary>Index of its market, which is its clob pair.</summary>
    public int Market => Order.Id.ClobPair;

    /// <summary>Which way.</summary>
    public Side Side => Order.Side;

    /// <summary>Whether it waits for a price.</summary>
    public bool IsUntriggered => Order.Id.Flags == OrderFlags.Conditional && !IsTriggered;
}

using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing.Live;

/// <summary>An order as an <see cref="AutoVenue"/> has it.</summary>
public sealed class AutoOrder(OrderIntent intent, OrderScript script)
{
    /// <summary>The order as it arrived.</summary>
    public OrderIntent Intent => intent;

    /// <summary>What the venue does with it.</summary>
    public OrderScript Script => script;

    /// <summary>Calls that placed it.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Whether it arrived.</summary>
    public bool HasArrived { get; internal set; }

    /// <summary>Whether it is on its way.</summary>
    public int UnderWay { get; internal set; }

    /// <summary>When the last call that placed it was made.</summary>
    public DateTimeOffset SentAt { get; internal set; }

    /// <summary>Whether its trigger was reached.</summary>
    public bool IsTriggered { get; internal set; }

    /// <summary>Whether it is over.</summary>
    public bool IsOver { get; internal set; }

    /// <summary>Cancellations that were asked for.</summary>
    public int Cancels { get; internal set; }

    /// <summary>How much of it was filled.</summary>
    public Size Filled { get; internal set; }

    /// <summary>How many of its parts were filled.</summary>
    internal int PartsFilled { get; set; }

    /// <summary>Whether a fill is due at the next block.</summary>
    internal bool IsMatching { get; set; }

    /// <summary>Whether it stands at the venue.</summary>
    public bool IsLive => HasArrived && !IsOver;

    /// <summary>What may still fill.</summary>
    public Size Remaining => intent.Size - Filled;
}

using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Orders;

/// <summary>What a bracket needs done now. A closed family.</summary>
public abstract record BracketStep
{
    private BracketStep()
    {
    }

    /// <summary>
    /// Place the stop, for the whole intended size; beside the present one, which goes once this one rests.
    /// </summary>
    public sealed record PlaceStop : BracketStep;

    /// <summary>Send the entry: its stop rests.</summary>
    public sealed record SendEntry : BracketStep;

    /// <summary>Place the target, for the whole intended size.</summary>
    public sealed record PlaceTarget : BracketStep;

    /// <summary>Close what is open at the market.</summary>
    /// <param name="Size">How much, positive.</param>
    public sealed record CloseNow(Size Size) : BracketStep;

    /// <summary>Close a part of what is open at the market.</summary>
    /// <param name="Size">How much, positive.</param>
    public sealed record ReduceNow(Size Size) : BracketStep;

    /// <summary>Give up a further entry, or the rest of an amended one, that was not sent yet.</summary>
    /// <param name="Reason">Why, a stable name.</param>
    public sealed record AbandonAdd(string Reason) : BracketStep;

    /// <summary>Its time is over: the position is to be closed.</summary>
    public sealed record TimeUp : BracketStep;

    /// <summary>Cancel an order.</summary>
    /// <param name="ClientId">Which.</param>
    /// <param name="Reason">Why, a stable name.</param>
    public sealed record Cancel(ClientOrderId ClientId, string Reason) : BracketStep;

    /// <summary>Nothing is open and no order lives: the bracket is over.</summary>
    /// <param name="Reason">What ended it, a stable name.</param>
    public sealed record End(string Reason) : BracketStep;
}

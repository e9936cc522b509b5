namespace Perpkeel.Simulation.Chain.Book;

/// <summary>What becomes of an order that meets others, and of what is left of it.</summary>
/// <remarks>
/// The numbers are those of the chain's <c>Order.TimeInForce</c>; its fill-or-kill (3) is always refused
/// before an order reaches a book.
/// </remarks>
internal enum TimeInForce : byte
{
    /// <summary>Takes what crosses and rests with the remainder.</summary>
    Rest = 0,

    /// <summary>Takes what crosses; the remainder is dropped.</summary>
    ImmediateOrCancel = 1,

    /// <summary>Never takes: rests whole or is refused.</summary>
    PostOnly = 2,
}

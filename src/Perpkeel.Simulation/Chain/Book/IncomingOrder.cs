using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>An order that comes to a book.</summary>
/// <param name="Side">Buys or sells.</param>
/// <param name="Price">The worst price at which it trades; at least one tick.</param>
/// <param name="Quantums">What may still be filled of it, in base quantums; positive.</param>
/// <param name="Tag">Whose and which order it is; the book keeps it and does not read it.</param>
/// <param name="Force">What becomes of it when it crosses and when something is left.</param>
internal readonly record struct IncomingOrder(
    Side Side, Ticks Price, long Quantums, long Tag, TimeInForce Force = TimeInForce.Rest)
{
    /// <summary>Whether it has a side, a price, a size and a known time in force.</summary>
    public bool IsWellFormed =>
        Side is Side.Buy or Side.Sell && Price.Value > 0 && Quantums > 0 && Force <= TimeInForce.PostOnly;
}

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>
/// Makes one number of orders in a row. Not for secrets: equal books have equal numbers, and unequal ones
/// hardly ever.
/// </summary>
internal struct BookHash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>The number so far.</summary>
    public ulong Value { get; private set; }

    /// <summary>Takes one more order in; its handle does not count.</summary>
    public void Add(in RestingOrder order)
    {
        Add((long)order.Side);
        Add(order.Price.Value);
        Add(order.Quantums);
        Add(order.Tag);
    }

    private void Add(long next)
    {
        unchecked
        {
            var mixed = (ulong.RotateLeft(Value, 23) ^ (ulong)next) + Prime;
            mixed = (mixed ^ (mixed >> 32)) * Prime;
            Value = mixed ^ (mixed >> 29);
        }
    }
}

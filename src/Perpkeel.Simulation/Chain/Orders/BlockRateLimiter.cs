namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>Counts what an owner does in the last blocks, refused attempts included.</summary>
/// <remarks>Source: the protocol, section 12.2. The last n blocks include the coming one.</remarks>
internal sealed class BlockRateLimiter(IReadOnlyList<BlockRate> rates)
{
    private readonly int _most = rates.Count == 0 ? 1 : rates.Max(rate => rate.Blocks);
    private readonly List<Window?> _owners = [];

    /// <summary>Counts, and says whether that is too much; null when it is not.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="next">The coming block.</param>
    /// <param name="units">How much.</param>
    public TxResult? Count(int owner, uint next, int units = 1)
    {
        if (rates.Count == 0) return null;
        while (_owners.Count <= owner) _owners.Add(null);
        var window = _owners[owner] ??= new Window(_most);
        window.Add(next, units);
        foreach (var rate in rates)
        {
            if (window.Sum(rate.Blocks) > rate.Limit) return OrderRefusals.RateLimited(owner, rate);
        }

        return null;
    }

    /// <summary>Forgets everything, as a node does that starts anew.</summary>
    public void Clear() => _owners.Clear();

    /// <summary>Counts of one owner by block.</summary>
    private sealed class Window(int blocks)
    {
        private readonly int[] _counts = new int[blocks];
        private uint _last;

        public void Add(uint height, int units)
        {
            var passed = Math.Min(height - _last, (uint)_counts.Length);
            for (var back = 0u; back < passed; back++) _counts[(height - back) % (uint)_counts.Length] = 0;
            _last = height;
            _counts[height % (uint)_counts.Length] += units;
        }

        public int Sum(int count)
        {
            var sum = 0;
            for (var back = 0u; back < count && back <= _last; back++)
            {
                sum += _counts[(_last - back) % (uint)_counts.Length];
            }

            return sum;
        }
    }
}

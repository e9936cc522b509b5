using System.Collections.Concurrent;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Bench;

/// <summary>
/// A cache of results, keyed by all that a result depends on, against calculating. Every lookup is a hit:
/// what a cache is at its best. The last case is a mark that has moved: look up, calculate, put in, and take
/// out as a cache of limited size does.
/// </summary>
internal static class CacheBench
{
    private const int AtOnce = 2_000;

    public static void Run(IReadOnlyList<TierTable> tables, int repeats)
    {
        foreach (var count in new[] { 100, 10_000, 100_000 }) Run(tables, count, repeats);
    }

    private static void Run(IReadOnlyList<TierTable> tables, int count, int repeats)
    {
        var rows = Rows.WithFeedDigits(tables, count);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cache = new ConcurrentDictionary<Key, MarginResult>();
        var plain = new Dictionary<Key, MarginResult>();
        for (var i = 0; i < count; i++)
        {
            cache[new Key(rows.Tables[i], rows.Positions[i])] =
                MarginCalculator.Calculate(rows.Tables[i], in rows.Positions[i]);
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        foreach (var (key, result) in cache) plain[key] = result;

        // Nobody asks in the order in which entries were made.
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        Rows.Shuffle(order);
        var sum = 0;
        var cases = new Cases();
        Add(cases, $"calculate, {count} positions", order, i =>
            sum ^= MarginCalculator.Calculate(rows.Tables[i], in rows.Positions[i]).Tier);
        Add(cases, $"cache hit, Dictionary of {count}", order, i =>
            sum ^= plain.TryGetValue(new Key(rows.Tables[i], rows.Positions[i]), out var hit) ? hit.Tier : 0);
        Add(cases, $"cache hit, ConcurrentDictionary of {count}", order, i =>
            sum ^= cache.TryGetValue(new Key(rows.Tables[i], rows.Positions[i]), out var hit) ? hit.Tier : 0);
        var moves = 0;
        Add(cases, $"cache miss, ConcurrentDictionary of {count}", order, i =>
        {
            var mark = rows.Positions[i].MarkPrice + (++moves * 1e-8m);
            var key = new Key(rows.Tables[i], rows.Positions[i].At(mark));
            if (cache.TryGetValue(key, out var hit)) sum ^= hit.Tier;
            var position = key.Position;
            cache[key] = MarginCalculator.Calculate(key.Table, in position);
            cache.TryRemove(key, out _);
        });
        cases.Run(10 * repeats);
        Console.WriteLine($"# {bytes} bytes for each entry of a ConcurrentDictionary of {count}");
        GC.KeepAlive(sum);
    }

    private static void Add(Cases cases, string name, int[] order, Action<int> body)
    {
        var next = 0;
        cases.Add(name, AtOnce, () =>
        {
            for (var i = 0; i < AtOnce; i++)
            {
                body(order[next]);
                next = next + 1 == order.Length ? 0 : next + 1;
            }
        });
    }

    /// <summary>All that a result depends on.</summary>
    private readonly record struct Key(TierTable Table, MarginPosition Position);
}

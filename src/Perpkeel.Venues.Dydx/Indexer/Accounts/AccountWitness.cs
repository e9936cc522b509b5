using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Nodes;

namespace Perpkeel.Venues.Dydx.Indexer.Accounts;

/// <summary>Something that node and Indexer tell differently.</summary>
/// <param name="What">Which market, or <c>USDC</c>.</param>
/// <param name="Indexer">The size that the Indexer tells.</param>
/// <param name="Node">The size that the node tells.</param>
public readonly record struct WitnessDifference(string What, decimal Indexer, decimal Node)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{What}: Indexer {Decimals.Text(Indexer)}, node {Decimals.Text(Node)}");
}

/// <summary>
/// The node as the second witness of what a subaccount holds. The two are never asked at one block, so that
/// one difference says nothing: one that two comparisons in a row find alike does.
/// </summary>
public static class AccountWitness
{
    /// <summary>
    /// Where positions differ. USDC is compared only where nothing is open: with positions the Indexer adds
    /// funding that the chain has not settled.
    /// </summary>
    /// <param name="held">What the Indexer tells.</param>
    /// <param name="node">What a node tells.</param>
    /// <param name="perpetuals">The chain's perpetuals, for names and units.</param>
    public static ImmutableArray<WitnessDifference> Differences(
        HeldState held, SubaccountFacts node, IReadOnlyCollection<PerpetualFacts> perpetuals)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(node);
        var known = perpetuals.ToDictionary(one => one.Id);
        var found = ImmutableArray.CreateBuilder<WitnessDifference>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var position in node.Positions)
        {
            if (!known.TryGetValue(position.PerpetualId, out var perpetual))
            {
                found.Add(new WitnessDifference($"perpetual {position.PerpetualId}", 0m, 0m));
                continue;
            }

            told.Add(perpetual.Ticker);
            var size = (decimal)position.Quantums * Decimals.PowerOfTen(perpetual.AtomicResolution);
            var other = held.Positions.GetValueOrDefault(perpetual.Ticker)?.Size ?? 0m;
            if (size != other) found.Add(new WitnessDifference(perpetual.Ticker, other, size));
        }

        foreach (var (market, position) in held.Positions)
        {
            if (!told.Contains(market)) found.Add(new WitnessDifference(market, position.Size, 0m));
        }

        if (node.Positions.IsEmpty && held.Positions.IsEmpty
            && (decimal)node.UsdcQuantums / QuoteQuantums.PerUsd is var usdc && usdc != held.Usdc)
        {
            found.Add(new WitnessDifference("USDC", held.Usdc, usdc));
        }

        return found.ToImmutable();
    }
}

using System.Collections.Immutable;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>A block that an endpoint calls the last.</summary>
/// <param name="Before">What was known of the endpoint.</param>
/// <param name="Block">The block.</param>
public sealed record HeightSample(EndpointHealth Before, BlockFacts Block);

/// <summary>Which endpoints tell a height that can be believed.</summary>
/// <remarks>
/// Heights of honest nodes differ by a few blocks, because some hear of a block later. Behind one address
/// there may be several nodes, so a step back of a few is no lie.
/// </remarks>
public static class HeightJudge
{
    /// <summary>Blocks by which one endpoint may go back.</summary>
    public const uint MostBack = 5;

    /// <summary>Blocks by which an endpoint may be away from the others.</summary>
    public const uint MostApart = 10;

    /// <summary>Blocks a second that are believed; the chain makes about two.</summary>
    public const int MostPerSecond = 10;

    /// <summary>How far ahead of the local clock the time of a block may be.</summary>
    public static TimeSpan MostAhead => TimeSpan.FromSeconds(30);

    /// <summary>Why a sample is not believed, by endpoint; no entry where it is.</summary>
    public static ImmutableDictionary<NodeEndpoint, string> Faults(
        IReadOnlyList<HeightSample> samples, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var faults = ImmutableDictionary.CreateBuilder<NodeEndpoint, string>();
        foreach (var sample in samples)
        {
            if (Alone(sample, now) is { } fault) faults[sample.Before.Endpoint] = fault;
        }

        var left = samples.Where(sample => !faults.ContainsKey(sample.Before.Endpoint)).ToList();
        foreach (var sample in left)
        {
            var others = left.Where(other => other != sample).Select(other => other.Block.Height).Order()
                .ToList();
            if (Beside(sample.Block.Height, others) is { } fault) faults[sample.Before.Endpoint] = fault;
        }

        return faults.ToImmutable();
    }

    /// <summary>What an endpoint's own story shows.</summary>
    private static string? Alone(HeightSample sample, DateTimeOffset now)
    {
        var (before, block) = (sample.Before, sample.Block);
        if (block.Time > now + MostAhead)
        {
            return FormattableString.Invariant(
                $"its last block is {(block.Time - now).TotalSeconds:0} s ahead of the clock");
        }

        if (before.Height == 0) return null;
        if ((ulong)block.Height + MostBack < before.Height)
        {
            return FormattableString.Invariant($"it went back from block {before.Height} to {block.Height}");
        }

        var most = (decimal)before.Height + MostApart
            + (decimal.Max(0m, (decimal)(now - before.HeightAt).TotalSeconds) * MostPerSecond);
        return block.Height > most
            ? FormattableString.Invariant($"it jumped from block {before.Height} to {block.Height}")
            : null;
    }

    /// <summary>What the others show. Ahead of a single other is no fault: that one may lag.</summary>
    private static string? Beside(uint height, List<uint> others)
    {
        if (others.Count == 0) return null;
        var middle = others[(others.Count - 1) / 2];
        if ((ulong)height + MostApart < middle)
        {
            return FormattableString.Invariant($"it is at block {height} while others are at {middle}");
        }

        var highest = others[^1];
        return others.Count >= 2 && height > (ulong)highest + MostApart
            && highest <= (ulong)others[0] + MostApart
            ? FormattableString.Invariant($"it tells block {height} while all others are at {highest}")
            : null;
    }
}

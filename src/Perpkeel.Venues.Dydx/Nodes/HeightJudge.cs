using System.Collections.Immutable;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>A block that an endpoint calls the last.</summary>
/// <param name="Before">What was known of the endpoint.</param>
/// <param name="Block">The block.</param>
/// <param name="HeardAt">When it told that.</param>
public sealed record HeightSample(EndpointHealth Before, BlockFacts Block, DateTimeOffset HeardAt);

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
    public static ImmutableDictionary<NodeEndpoint, string> Faults(IReadOnlyList<HeightSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var faults = ImmutableDictionary.CreateBuilder<NodeEndpoint, string>();
        foreach (var sample in samples)
        {
            if (Alone(sample) is { } fault) faults[sample.Before.Endpoint] = fault;
        }

        var left = samples.Where(sample => !faults.ContainsKey(sample.Before.Endpoint)).ToList();
        foreach (var stranger in left.Where(sample => sample.Before.Height == 0))
        {
            if (Unvouched(stranger, left) is not { } fault) continue;
            var heights = left.Where(other => other != stranger).Select(other => other.Block.Height).Order();
            faults[stranger.Before.Endpoint] = Beside(stranger.Block.Height, [.. heights]) ?? fault;
        }

        left.RemoveAll(sample => faults.ContainsKey(sample.Before.Endpoint));
        foreach (var sample in left)
        {
            var others = left.Where(other => other != sample).Select(other => other.Block.Height).Order()
                .ToList();
            if (Beside(sample.Block.Height, others) is { } fault) faults[sample.Before.Endpoint] = fault;
        }

        return faults.ToImmutable();
    }

    /// <summary>What an endpoint's own story shows.</summary>
    private static string? Alone(HeightSample sample)
    {
        var (before, block, now) = sample;
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

    /// <summary>
    /// Of whom nothing was heard before, only the agreement of most speaks. One whose blocks have stopped
    /// does not count: it must not keep all others out.
    /// </summary>
    private static string? Unvouched(HeightSample sample, List<HeightSample> all)
    {
        var height = sample.Block.Height;
        var others = all.Where(other => other == sample || other.Before.Height == 0
            || other.Block.Time + BlockClock.MostSilence >= other.HeardAt).ToList();
        var strays = others.Where(other => Math.Abs((long)other.Block.Height - height) > MostApart).ToList();
        return strays.Count == 0 || (others.Count - strays.Count) * 2 > others.Count
            ? null
            : FormattableString.Invariant(
                $"it tells block {height} while another tells {strays[0].Block.Height}, ")
                + "and nothing shows which of them is right: name more endpoints";
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

using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.FundingRates;

/// <summary>So many samples of one premium, one after another.</summary>
/// <param name="Value">The premium.</param>
/// <param name="Count">How many.</param>
public readonly record struct PremiumRun(Ppm Value, int Count);

/// <summary>Votes of a minute and samples of an hour, and what is made of them.</summary>
/// <remarks>Source: dYdX v4-chain, perpetuals keeper, funding sample and funding tick.</remarks>
public static class PremiumSamples
{
    private const int Tails = 2;

    /// <summary>
    /// The sample of a minute: the median of its votes, with zeros for the blocks that did not vote. Of an
    /// even number it is the mean of the middle two, rounded away from zero.
    /// </summary>
    /// <param name="votes">The votes that are not zero, in any order.</param>
    /// <param name="blocks">How many blocks could vote.</param>
    /// <param name="leastVotes">How many votes a sample has at least.</param>
    public static Ppm Median(IReadOnlyCollection<Ppm> votes, int blocks, int leastVotes)
    {
        var padded = Padded(votes, Math.Max(blocks, leastVotes)).Select(vote => vote.Value).Order().ToList();
        if (padded.Count == 0) return new Ppm(0);
        var middle = padded.Count / 2;
        if (padded.Count % 2 == 1) return new Ppm(padded[middle]);

        var sum = (Int128)padded[middle - 1] + padded[middle];
        return new Ppm((long)(sum >= 0 ? Rounding.CeilingDivide(sum, 2) : Rounding.FloorDivide(sum, 2)));
    }

    /// <summary>
    /// The samples without their tails: twice the rate of them, rounded down, is left out, half of that from
    /// the bottom and the rest from the top. Sorted where something is left out; all of them where nothing or
    /// everything would be.
    /// </summary>
    public static ImmutableArray<Ppm> WithoutTails(ImmutableArray<Ppm> samples, Ppm removalRate)
    {
        var removed = (int)((Int128)samples.Length * removalRate.Value * Tails / Ppm.One);
        if (removed == 0 || removed >= samples.Length) return samples;
        var bottom = removed / Tails;
        return [.. samples.OrderBy(sample => sample.Value).Skip(bottom).Take(samples.Length - removed)];
    }

    /// <summary>
    /// The premium of an hour: the mean of its samples without tails, with zeros up to the least number,
    /// truncated toward zero.
    /// </summary>
    /// <param name="samples">The samples in runs.</param>
    /// <param name="leastSamples">How many samples an hour has at least.</param>
    /// <param name="removalRate">Share that is left out at each end; the chain's is zero.</param>
    public static Ppm Mean(IEnumerable<PremiumRun> samples, int leastSamples, Ppm removalRate)
    {
        var single = samples.SelectMany(run => Enumerable.Repeat(run.Value, run.Count)).ToList();
        var counted = WithoutTails([.. Padded(single, leastSamples)], removalRate);
        if (counted.IsEmpty) return new Ppm(0);
        var sum = counted.Aggregate(BigInteger.Zero, (total, sample) => total + sample.Value);
        return new Ppm((long)BigInteger.Divide(sum, counted.Length));
    }

    private static IEnumerable<Ppm> Padded(IReadOnlyCollection<Ppm> values, int count) =>
        values.Concat(Enumerable.Repeat(new Ppm(0), Math.Max(0, count - values.Count)));
}

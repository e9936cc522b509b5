using System.Globalization;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Errors;

namespace Perpkeel.Venues.Dydx.Timing;

/// <summary>Why something cannot go out now.</summary>
/// <param name="Code">Stable name of the rule.</param>
/// <param name="Message">What is the matter and what mends it.</param>
/// <param name="OnChain">What the chain would answer; null where it would never be asked.</param>
public sealed record TimingError(string Code, string Message, ChainCode? OnChain)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";

    internal static TimingError ClockNotMeasured { get; } = new(
        "clock-not-measured",
        "The local clock was not yet compared with the chain's. Read a block first.", null);

    internal static TimingError Silent(TimeSpan silence) => new(
        "no-new-block",
        $"No new block was heard of for {Seconds(silence)} s; an order that is built on an old height ends "
        + "too early. Poll the chain, or name another endpoint.", null);

    internal static TimingError ClockSkew(TimeSpan skew) => new(
        "clock-skew",
        $"The local clock is {Seconds(skew.Duration())} s {(skew < TimeSpan.Zero ? "ahead of" : "behind")} "
        + $"the chain's; {Seconds(TimestampNonces.MostSkew)} s are allowed. Set the clock (NTP).",
        ChainCodes.WrongSequence);

    internal static TimingError NonceAhead(TimeSpan ahead) => new(
        "nonce-ahead",
        $"The next nonce would lie {Seconds(ahead)} s ahead of the chain, which takes "
        + $"{Seconds(TimestampNonces.Window)} s. Wait that long.",
        ChainCodes.WrongSequence);

    internal static TimingError BlockPast(uint goodTilBlock, uint height) => new(
        "good-til-block-past",
        $"Block {Text(goodTilBlock)} is not after the last one, {Text(height)}. Refresh the height.",
        ChainCodes.GoodTilBlockPast);

    internal static TimingError BlockTooFar(uint goodTilBlock, uint last) => new(
        "good-til-block-too-far",
        $"Block {Text(goodTilBlock)} is beyond {Text(last)}, the last that is taken now. Lower the offset.",
        ChainCodes.GoodTilBlockTooFar);

    internal static TimingError TimePast(DateTimeOffset blockTime) => new(
        "good-til-time-past", $"The order's end is not after the last block's time, {Instant(blockTime)}.",
        ChainCodes.GoodTilTimePast);

    internal static TimingError TimeTooFar(TimeSpan most) => new(
        "good-til-time-too-far",
        $"The order's end is more than {most.Days.ToString(CultureInfo.InvariantCulture)} days ahead. Were "
        + "milliseconds given for seconds?",
        ChainCodes.GoodTilTimeTooFar);

    internal static TimingError NoPlacement(int placements) => new(
        "no-placement", $"{placements} placements are none.", null);

    internal static TimingError TooManyAtOnce(int placements, BlockLimit limit) => new(
        "too-many-at-once",
        $"{placements} placements in one transaction never fit {limit}. Send them in several.",
        ChainCodes.BlockRateLimit);

    internal static TimingError TooManyWait(int most) => new(
        "too-many-wait",
        $"{most.ToString(CultureInfo.InvariantCulture)} transactions of this owner wait already. Send "
        + "fewer at once.", null);

    internal static TimingError BookedOut(uint blocks) => new(
        "booked-out", $"The next {Text(blocks)} blocks have no room for more placements.",
        ChainCodes.BlockRateLimit);

    internal static TimingError EquityTier(int open, int limit, Usd equity, Usd? nextTier) => new(
        "equity-tier",
        $"{open} stateful orders are open, and an equity of {equity} USDC allows {limit}. Cancel some"
        + (nextTier is { } next ? $", or reach {next} USDC." : "."),
        ChainCodes.EquityTier);

    private static string Seconds(TimeSpan span) =>
        span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Text(uint value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

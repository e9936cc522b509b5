using System.Globalization;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Errors;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>
/// Why a request is not sent: the rule as a stable code, what is the matter with the mend, and what the chain
/// would answer.
/// </summary>
/// <param name="Code">Stable name of the rule.</param>
/// <param name="Message">What is the matter and what mends it.</param>
/// <param name="OnChain">The chain's code; null where the chain would take it as something else.</param>
public sealed record OrderError(string Code, string Message, ChainCode? OnChain)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";

    internal static OrderError FillOrKill { get; } = new(
        "fill-or-kill",
        "The chain refuses fill-or-kill orders of every kind. Use immediate-or-cancel, which takes what it "
        + "can and drops the rest.",
        ChainCodes.DeprecatedField);

    internal static OrderError NoSide { get; } =
        new("no-side", "The order neither buys nor sells.", ChainCodes.InvalidSide);

    internal static OrderError NoGoodTilBlock { get; } = new(
        "no-good-til-block", "A short-term order needs a good-til-block above zero, and no time.",
        ChainCodes.NoGoodTilBlock);

    internal static OrderError NoGoodTilTime { get; } = new(
        "no-good-til-time", "An order that is stored on the chain needs a good-til time, and no block.",
        ChainCodes.NoGoodTilBlockTime);

    internal static OrderError LongTermImmediate { get; } = new(
        "long-term-immediate",
        "A long-term order cannot be immediate-or-cancel. Send it as a short-term order.",
        ChainCodes.LongTermImmediate);

    internal static OrderError ReduceOnlyRests { get; } = new(
        "reduce-only-rests",
        "Reduce-only needs immediate-or-cancel: an order that rests, only makes or is long-term cannot have "
        + "it.",
        ChainCodes.ReduceOnlyNotImmediate);

    internal static OrderError NoSize(Size size) => new(
        "no-size", $"The size is {size}. Give base units above zero; the side says which way.",
        ChainCodes.InvalidQuantums);

    internal static OrderError SizeBelowStep(Size size, decimal step) => new(
        "size-below-step",
        $"The size {size} is below the market's smallest, {Decimals.Text(step)}. It is not raised to it.",
        null);

    internal static OrderError PriceBelowTick(Price price, decimal tick) => new(
        "price-below-tick",
        $"The price {price} is below the market's smallest, {Decimals.Text(tick)}. It is not raised to it.",
        null);

    internal static OrderError TooLarge(string what, string value) => new(
        $"{what}-too-large", $"The {what} {value} does not fit the chain's 64 bits.", null);

    internal static OrderError Slippage(Ppm slippage) => new(
        "slippage", $"The slippage is {slippage}; give 0 to 999,999 ppm.", null);

    internal static OrderError Flags(uint flags) => new(
        "order-flags", $"{Text(flags)} are the flags of no kind of order that a client sends.",
        ChainCodes.InvalidOrderFlags);

    internal static OrderError TimeInForce(string text) => new(
        "time-in-force", $"'{text}' is no time in force; there are gtt, ioc and post-only.",
        ChainCodes.InvalidTimeInForce);

    internal static OrderError Condition(string message) =>
        new("condition", message, ChainCodes.InvalidCondition);

    internal static OrderError Trigger(string message) => new("trigger", message, ChainCodes.InvalidTrigger);

    internal static OrderError Empty(string what, ChainCode onChain) =>
        new($"no-{what}", $"The order has no {what}.", onChain);

    internal static OrderError Builder(string message) =>
        new("builder-code", message, ChainCodes.InvalidBuilderCode);

    internal static OrderError Router(string text) => new(
        "order-router", $"The order router '{text}' is no address.", ChainCodes.InvalidRouter);

    internal static OrderError Twap(string message) => new("twap", message, ChainCodes.OffTheGrid);

    internal static OrderError MarketClosed(MarketStatus status) => new(
        "market-closed", $"The market is {status}: it does not take this order.", new(ChainCodes.Clob, 34));

    internal static OrderError Subaccount(uint number) => new(
        "subaccount-number",
        $"There is no subaccount {Text(number)}; the highest is {Text(DydxSubaccount.HighestNumber)}.",
        ChainCodes.SubaccountNumber);

    internal static OrderError Replacement(string message) =>
        new("replacement", message, ChainCodes.InvalidReplacement);

    internal static OrderError Cancel(string message, ChainCode? onChain) => new("cancel", message, onChain);

    internal static OrderError Batch(string message) =>
        new("batch-cancel", message, ChainCodes.InvalidBatchCancel);

    internal static OrderError Amount(string message) =>
        new("amount", message, ChainCodes.TransferAmount);

    internal static OrderError ToItself { get; } = new(
        "to-itself", "Sender and recipient are the same.", ChainCodes.TransferToSelf);

    internal static OrderError Leverage(string message) =>
        new("leverage", message, ChainCodes.InvalidLeverage);

    private static string Text(uint value) => value.ToString(CultureInfo.InvariantCulture);
}

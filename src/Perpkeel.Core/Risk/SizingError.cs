using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Risk;

/// <summary>Why a size or a target cannot be computed: the request makes no sense as it stands.</summary>
public abstract record SizingError
{
    private SizingError(string code)
    {
        Code = code;
    }

    /// <summary>Stable name of the case.</summary>
    public string Code { get; }

    /// <summary>The same with its numbers, for people.</summary>
    public abstract string Message { get; }

    /// <summary>Something that must be above zero is not.</summary>
    /// <param name="Name">What it is, e.g. <c>entry</c>.</param>
    /// <param name="Value">Its value.</param>
    public sealed record NotPositive(string Name, decimal Value) : SizingError("not-positive")
    {
        /// <inheritdoc/>
        public override string Message => $"{Name} is {Decimals.Text(Value)}; it must be above zero.";
    }

    /// <summary>Something that must not be below zero is.</summary>
    /// <param name="Name">What it is, e.g. <c>max exposure</c>.</param>
    /// <param name="Value">Its value.</param>
    public sealed record Negative(string Name, decimal Value) : SizingError("negative")
    {
        /// <inheritdoc/>
        public override string Message => $"{Name} is {Decimals.Text(Value)}; it must not be negative.";
    }

    /// <summary>More than the whole balance would be risked on one trade.</summary>
    public sealed record RiskAboveOne(decimal Risk) : SizingError("risk-above-one")
    {
        /// <inheritdoc/>
        public override string Message =>
            $"risk per trade is {Decimals.Text(Risk)}; it is a fraction of the balance, at most 1.";
    }

    /// <summary>No order could satisfy both limits.</summary>
    public sealed record MinAboveMax(Usd Min, Usd Max) : SizingError("min-order-above-max-order")
    {
        /// <inheritdoc/>
        public override string Message => $"min order {Min} is above max order {Max}.";
    }

    /// <summary>It is not said whether to buy or to sell.</summary>
    public sealed record NoSide : SizingError
    {
        /// <summary>The only one there is.</summary>
        public NoSide()
            : base("no-side")
        {
        }

        /// <inheritdoc/>
        public override string Message => "the side is neither buy nor sell.";
    }

    /// <summary>A long's stop is not below its entry, or a short's not above.</summary>
    public sealed record StopOnWrongSide(Side Side, Price Entry, Price Stop)
        : SizingError("stop-on-wrong-side")
    {
        /// <inheritdoc/>
        public override string Message =>
            $"stop {Stop} of a {(Side == Side.Buy ? "long" : "short")} entered at {Entry} "
            + $"must be {(Side == Side.Buy ? "below" : "above")} it.";
    }

    /// <summary>The target of a short would be at or below zero.</summary>
    public sealed record TargetNotPositive(Price Entry, Price Stop, decimal RewardRisk)
        : SizingError("target-not-positive")
    {
        /// <inheritdoc/>
        public override string Message =>
            $"{Decimals.Text(RewardRisk)} times the stop distance of entry {Entry} and stop {Stop} "
            + "puts the target at or below zero.";
    }

    /// <summary>A number does not fit into a decimal.</summary>
    /// <param name="Name">Which, e.g. a limit's name.</param>
    public sealed record OutOfRange(string Name) : SizingError("out-of-range")
    {
        /// <inheritdoc/>
        public override string Message => $"{Name} does not fit into a decimal.";
    }
}

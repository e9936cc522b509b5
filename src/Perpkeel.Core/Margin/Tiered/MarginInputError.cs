using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>Why numbers are no position.</summary>
public abstract record MarginInputError
{
    private MarginInputError()
    {
    }

    /// <summary>A stable name for scripts.</summary>
    public abstract string Code { get; }

    /// <summary>What is wrong, with the numbers, and the mend.</summary>
    public abstract string Message { get; }

    /// <summary>The size is zero.</summary>
    public sealed record NoSize : MarginInputError
    {
        /// <inheritdoc/>
        public override string Code => "no-size";

        /// <inheritdoc/>
        public override string Message =>
            "The size is zero: there is no position. Give base units, above zero for a long and below for a "
            + "short.";
    }

    /// <summary>A price is zero or negative.</summary>
    /// <param name="Name">Which number.</param>
    /// <param name="Value">What was given.</param>
    public sealed record NotPositive(string Name, decimal Value) : MarginInputError
    {
        /// <inheritdoc/>
        public override string Code => "not-positive";

        /// <inheritdoc/>
        public override string Message => $"The {Name} is {Decimals.Text(Value)}. Give one above zero.";
    }

    /// <summary>A number that cannot be negative is.</summary>
    /// <param name="Name">Which number.</param>
    /// <param name="Value">What was given.</param>
    public sealed record Negative(string Name, decimal Value) : MarginInputError
    {
        /// <inheritdoc/>
        public override string Code => "negative";

        /// <inheritdoc/>
        public override string Message =>
            $"The {Name} is {Decimals.Text(Value)}. Give zero or more.";
    }

    /// <summary>The leverage is below 1.</summary>
    /// <param name="Value">What was given.</param>
    public sealed record LeverageBelowOne(decimal Value) : MarginInputError
    {
        /// <inheritdoc/>
        public override string Code => "leverage-below-one";

        /// <inheritdoc/>
        public override string Message => $"The leverage is {Decimals.Text(Value)}. Give 1 or more.";
    }

    /// <summary>A number has more decimal places than its multiples can be reckoned with exactly.</summary>
    /// <param name="Name">Which number.</param>
    /// <param name="Value">What was given.</param>
    /// <param name="Most">Most decimal places.</param>
    public sealed record TooManyPlaces(string Name, decimal Value, int Most) : MarginInputError
    {
        /// <inheritdoc/>
        public override string Code => "too-many-digits";

        /// <inheritdoc/>
        public override string Message =>
            $"The {Name} is {Decimals.Text(Value)}. Give one with {Most} decimal places at most.";
    }

    /// <summary>A number is too large to reckon with to the last digit.</summary>
    /// <param name="Name">Which number.</param>
    /// <param name="Value">What was given.</param>
    /// <param name="Most">The largest that is allowed, either sign.</param>
    public sealed record BeyondRange(string Name, decimal Value, decimal Most) : MarginInputError
    {
        /// <inheritdoc/>
        public override string Code => "beyond-range";

        /// <inheritdoc/>
        public override string Message =>
            $"The {Name} is {Decimals.Text(Value)}. The most that is reckoned with is {Decimals.Text(Most)}.";
    }
}

using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Accounts;

/// <summary>Why figures are no account, or a change cannot be reckoned at all.</summary>
public abstract record AccountFault
{
    private AccountFault()
    {
    }

    /// <summary>A stable name for scripts.</summary>
    public abstract string Code { get; }

    /// <summary>What is wrong, with the numbers, and the mend.</summary>
    public abstract string Message { get; }

    /// <summary>There are no tiers for a symbol.</summary>
    /// <param name="Symbol">The symbol.</param>
    public sealed record UnknownSymbol(string Symbol) : AccountFault
    {
        /// <inheritdoc/>
        public override string Code => "unknown-symbol";

        /// <inheritdoc/>
        public override string Message =>
            $"There are no tiers for {Symbol}. Write the name as the venue does, or load tiers that have it.";
    }

    /// <summary>Mark price, leverage and mode of a symbol are not known.</summary>
    /// <param name="Symbol">The symbol.</param>
    public sealed record NoSetting(string Symbol) : AccountFault
    {
        /// <inheritdoc/>
        public override string Code => "no-setting";

        /// <inheritdoc/>
        public override string Message =>
            $"The account has no mark price, leverage and margin mode for {Symbol}. Give them.";
    }

    /// <summary>Something is given twice.</summary>
    /// <param name="Name">The symbol or position.</param>
    public sealed record Twice(string Name) : AccountFault
    {
        /// <inheritdoc/>
        public override string Code => "given-twice";

        /// <inheritdoc/>
        public override string Message => $"{Name} is given twice. Keep one.";
    }

    /// <summary>Positions of one-way and of hedge mode beside each other.</summary>
    /// <param name="Key">The position that does not go with the others.</param>
    public sealed record MixedModes(PositionKey Key) : AccountFault
    {
        /// <inheritdoc/>
        public override string Code => "mixed-modes";

        /// <inheritdoc/>
        public override string Message =>
            $"{Key} does not go with the other positions: an account is in one-way mode or in hedge mode. "
            + "Name all positions net, or all long and short.";
    }

    /// <summary>A leg's size has the other leg's sign, or the leg is not said.</summary>
    /// <param name="Key">The position.</param>
    /// <param name="Size">What was given.</param>
    public sealed record WrongLeg(PositionKey Key, decimal Size) : AccountFault
    {
        /// <inheritdoc/>
        public override string Code => "wrong-leg";

        /// <inheritdoc/>
        public override string Message =>
            $"{Key} has a size of {Decimals.Text(Size)}. Give a long leg a size above zero, a short leg one "
            + "below, and say which it is.";
    }

    /// <summary>The mode is neither cross nor isolated, or a cross position has money of its own.</summary>
    /// <param name="Symbol">The symbol.</param>
    public sealed record WrongMode(string Symbol) : AccountFault
    {
        /// <inheritdoc/>
        public override string Code => "wrong-mode";

        /// <inheritdoc/>
        public override string Message =>
            $"{Symbol} must be cross or isolated, and only isolated positions have a wallet of their own.";
    }

    /// <summary>An order neither buys nor sells.</summary>
    /// <param name="Key">The position that it is about.</param>
    public sealed record NoSide(PositionKey Key) : AccountFault
    {
        /// <inheritdoc/>
        public override string Code => "no-side";

        /// <inheritdoc/>
        public override string Message => $"The order for {Key} neither buys nor sells. Say which.";
    }

    /// <summary>A number is out of its range.</summary>
    /// <param name="Name">What it belongs to.</param>
    /// <param name="Error">What is wrong with it.</param>
    public sealed record BadNumber(string Name, MarginInputError Error) : AccountFault
    {
        /// <inheritdoc/>
        public override string Code => Error.Code;

        /// <inheritdoc/>
        public override string Message => $"{Name}: {Error.Message}";
    }
}

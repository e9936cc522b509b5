namespace Perpkeel.Core.Margin.Screening;

/// <summary>Why a row of a batch has no margin. Its index says which row.</summary>
public abstract record MarginRowError
{
    private MarginRowError()
    {
    }

    /// <summary>A stable name for scripts.</summary>
    public abstract string Code { get; }

    /// <summary>What is wrong, and the mend.</summary>
    public abstract string Message { get; }

    /// <summary>There are no tiers for exactly this symbol.</summary>
    public sealed record UnknownSymbol : MarginRowError
    {
        internal static readonly UnknownSymbol Only = new();

        private UnknownSymbol()
        {
        }

        /// <inheritdoc/>
        public override string Code => "unknown-symbol";

        /// <inheritdoc/>
        public override string Message =>
            "The book has no tiers for this row's symbol. Write the symbol as the venue does, or load its "
            + "tiers.";
    }

    /// <summary>The row is <c>default</c>.</summary>
    public sealed record NoPosition : MarginRowError
    {
        internal static readonly NoPosition Only = new();

        private NoPosition()
        {
        }

        /// <inheritdoc/>
        public override string Code => "no-position";

        /// <inheritdoc/>
        public override string Message => "The row holds no position. Make one from checked numbers.";
    }
}

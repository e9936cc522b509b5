namespace Perpkeel.Core.Margin.Dydx.FundingRates;

/// <summary>Why a book has no premium. The codes are the chain's words.</summary>
public abstract record PremiumError
{
    private PremiumError(string code)
    {
        Code = code;
    }

    /// <summary>Stable name of the case.</summary>
    public string Code { get; }

    /// <summary>The same for people.</summary>
    public abstract string Message { get; }

    /// <summary>There is nothing to compare the book with.</summary>
    public sealed record ZeroIndexPriceForPremiumCalculation()
        : PremiumError("zero-index-price-for-premium-calculation")
    {
        /// <inheritdoc/>
        public override string Message => "The index price is zero.";
    }

    /// <summary>The best bid is not below the best ask.</summary>
    public sealed record CrossingOrderbook() : PremiumError("crossing-orderbook")
    {
        /// <inheritdoc/>
        public override string Message => "The book is crossed.";
    }
}

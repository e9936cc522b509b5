namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>How a public trade came about.</summary>
public enum TradeType
{
    /// <summary>An order met another.</summary>
    Limit = 0,

    /// <summary>An account was liquidated.</summary>
    Liquidated,

    /// <summary>Accounts were closed against each other.</summary>
    Deleveraged,

    /// <summary>A piece of a TWAP.</summary>
    TwapSuborder,
}

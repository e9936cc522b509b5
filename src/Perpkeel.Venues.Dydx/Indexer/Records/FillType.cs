namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>How a fill came about.</summary>
public enum FillType
{
    /// <summary>An order met another.</summary>
    Limit = 0,

    /// <summary>This account was liquidated.</summary>
    Liquidated,

    /// <summary>An order met a liquidation.</summary>
    Liquidation,

    /// <summary>This account was closed against another, by the chain.</summary>
    Deleveraged,

    /// <summary>The other side of a deleveraging.</summary>
    Offsetting,

    /// <summary>A piece of a TWAP.</summary>
    TwapSuborder,
}

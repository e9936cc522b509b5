namespace Perpkeel.Core.Instruments;

/// <summary>Which way an order or a position goes.</summary>
public enum Side
{
    /// <summary>Neither: nothing was decided, or there is no position.</summary>
    None = 0,

    /// <summary>Buys; a long position.</summary>
    Buy = 1,

    /// <summary>Sells; a short position.</summary>
    Sell = 2,
}

/// <summary>What follows from a side.</summary>
public static class Sides
{
    /// <summary>The other side.</summary>
    public static Side Opposite(this Side side) => side switch
    {
        Side.Buy => Side.Sell,
        Side.Sell => Side.Buy,
        _ => Side.None,
    };

    /// <summary>+1 for a buy, -1 for a sell, 0 for neither.</summary>
    public static int Sign(this Side side) => side switch
    {
        Side.Buy => 1,
        Side.Sell => -1,
        _ => 0,
    };

    /// <summary>The side of a signed amount.</summary>
    public static Side Of(decimal amount) => amount > 0m ? Side.Buy : amount < 0m ? Side.Sell : Side.None;
}

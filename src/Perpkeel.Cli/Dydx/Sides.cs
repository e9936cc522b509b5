using Perpkeel.Core.Instruments;

namespace Perpkeel.Cli.Dydx;

/// <summary>Sides as they are typed.</summary>
internal static class Sides
{
    /// <summary>The side; null for another word.</summary>
    public static Side? Of(string text) => text switch
    {
        "buy" => Side.Buy,
        "sell" => Side.Sell,
        _ => null,
    };
}

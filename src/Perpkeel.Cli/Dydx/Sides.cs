using Perpkeel.Cli.Running;
using Perpkeel.Core.Instruments;

namespace Perpkeel.Cli.Dydx;

/// <summary>Sides as they are typed.</summary>
internal static class Sides
{
    /// <summary>What is told of another word.</summary>
    public static UserError Unknown => UserError.Of("SIDE: write buy or sell.");

    /// <summary>The side; null for another word.</summary>
    public static Side? Of(string text) => text switch
    {
        "buy" => Side.Buy,
        "sell" => Side.Sell,
        _ => null,
    };
}

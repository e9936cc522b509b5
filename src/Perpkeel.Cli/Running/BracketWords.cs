using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Running;

/// <summary>A bracket in one line: what is held, and what stands at the venue behind it.</summary>
internal static class BracketWords
{
    /// <summary>The line.</summary>
    /// <param name="market">Its market.</param>
    /// <param name="side">Which way.</param>
    /// <param name="planned">The size that was planned.</param>
    /// <param name="held">What is held of it.</param>
    /// <param name="stop">Trigger of the stop at the venue; null while none stands there.</param>
    /// <param name="target">The same for the target.</param>
    public static string Of(
        MarketId market, Side side, Size planned, Size held, Price? stop, Price? target)
    {
        var word = side == Side.Buy ? "long" : "short";
        var what = held.IsZero ? $"{word} {planned} planned" : $"{word} {held} of {planned}";
        return $"{market} {what}, {Words("stop", stop)}, {Words("target", target)}";
    }

    private static string Words(string name, Price? trigger) =>
        trigger is { } price ? $"{name} {price} at the venue" : $"no {name} at the venue yet";
}

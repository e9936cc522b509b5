using System.Collections.Immutable;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>The market that a file's name tells, and what is traded on it.</summary>
/// <param name="Market">E.g. <c>BTCUSDT</c> or <c>BTC-USD</c>.</param>
/// <param name="BaseAsset">E.g. <c>BTC</c>.</param>
internal sealed record MarketName(string Market, string BaseAsset)
{
    private static readonly ImmutableArray<string> Endings = ["-USD", "USDT", "USDC", "USD"];

    /// <summary>The one part of the name that looks like a market; null if none or several do.</summary>
    public static MarketName? Of(string file)
    {
        MarketName? found = null;
        foreach (var token in Tokens(file))
        {
            if (BaseAssetOf(token) is not { } asset) continue;
            if (found is not null) return null;
            found = new MarketName(token, asset);
        }

        return found;
    }

    /// <summary>The parts of a file's name between underscores and before the extension.</summary>
    public static string[] Tokens(string file) => Path.GetFileNameWithoutExtension(file).Split('_');

    private static string? BaseAssetOf(string token)
    {
        var ending = Endings.FirstOrDefault(candidate => token.EndsWith(candidate, StringComparison.Ordinal));
        var asset = ending is null ? "" : token[..^ending.Length];
        return asset.Length > 0 && asset.All(IsPlain) ? asset : null;

        static bool IsPlain(char letter) => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter);
    }
}

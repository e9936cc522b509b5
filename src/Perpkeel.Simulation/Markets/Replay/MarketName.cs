using System.Collections.Immutable;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>The market that a file's name tells, and what is traded on it.</summary>
/// <param name="Market">E.g. <c>BTCUSDT</c> or <c>BTC-USD</c>.</param>
/// <param name="BaseAsset">E.g. <c>BTC</c>.</param>
internal sealed record MarketName(string Market, string BaseAsset)
{
    private static readonly ImmutableArray<string> Endings = ["-USD", "USDT", "USDC", "USD"];

    /// <summary>
    /// The one part of the name that looks like a market, or else like an asset alone; null if none or
    /// several do.
    /// </summary>
    public static MarketName? Of(string file)
    {
        var tokens = Tokens(file);
        MarketName[] markets =
        [
            .. tokens.Select(token => (token, Asset: BaseAssetOf(token)))
                .Where(part => part.Asset is not null)
                .Select(part => new MarketName(part.token, part.Asset!)),
        ];
        if (markets.Length > 0) return markets.Length == 1 ? markets[0] : null;
        string[] assets = [.. tokens.Where(IsAsset)];
        return assets.Length == 1 ? new MarketName(assets[0] + Endings[0], assets[0]) : null;
    }

    /// <summary>The parts of a file's name between underscores and before the extension.</summary>
    public static string[] Tokens(string file)
    {
        var name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^".gz".Length] : file;
        return Path.GetFileNameWithoutExtension(name).Split('_');
    }

    private static string? BaseAssetOf(string token)
    {
        var ending = Endings.FirstOrDefault(candidate => token.EndsWith(candidate, StringComparison.Ordinal));
        var asset = ending is null ? "" : token[..^ending.Length];
        return asset.Length > 0 && asset.All(IsPlain) ? asset : null;
    }

    /// <summary>E.g. <c>BTC</c>: capitals, and no currency that prices are told in.</summary>
    private static bool IsAsset(string token) =>
        token.Length > 1 && token.All(IsPlain) && token.Any(char.IsAsciiLetterUpper)
        && !Endings.Contains(token, StringComparer.Ordinal);

    private static bool IsPlain(char letter) => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter);
}

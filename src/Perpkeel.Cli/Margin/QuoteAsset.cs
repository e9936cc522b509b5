using System.Collections.Immutable;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Cli.Margin;

/// <summary>What the amounts of a symbol are written in.</summary>
internal static class QuoteAsset
{
    /// <summary>
    /// Endings of contract names that say their quote asset. An exchange's own list of tiers does not say it;
    /// this is for showing only, nothing is reckoned by it.
    /// </summary>
    private static readonly ImmutableArray<string> Endings =
        ["FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USD1", "BTC", "ETH", "BNB", "USD"];

    /// <summary>The asset: as the tiers say, else as the name ends, else a word for it.</summary>
    public static string Of(TierConfiguration configuration)
    {
        if (configuration.QuoteAsset is { } said) return said;
        var name = configuration.Symbol.Split('_')[0];
        return Endings.FirstOrDefault(ending =>
            name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal)) ?? "quote units";
    }

    /// <summary>How amounts of a symbol are written.</summary>
    public static MarginFormat FormatOf(TierConfiguration configuration) => new(Of(configuration));
}

using System.Text;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Perpkeel.Storage.Tiers;
using Xunit;

namespace Perpkeel.Storage.Tests.Tiers;

/// <summary>Files of tiers as texts, read without a disk.</summary>
internal static class TierFileData
{
    public const string Head = "venue: v\nasOf: 2026-01-31\nquote: USDT\nsymbols:\n";

    public static Result<TierBook, TierFileRefusal> Read(
        string name, string text, TierSource? source = null) =>
        Read(name, Encoding.UTF8.GetBytes(text), source);

    public static Result<TierBook, TierFileRefusal> Read(string name, byte[] bytes, TierSource? source = null)
    {
        using var stream = new MemoryStream(bytes);
        return TierFile.Read(stream, name, source);
    }

    public static TierBook Good(Result<TierBook, TierFileRefusal> result)
    {
        Assert.True(result.TryGet(out var book, out var refusal), refusal?.ToString());
        return book;
    }

    public static TierConfiguration Good(Result<TierBook, TierFileRefusal> result, string symbol)
    {
        Assert.True(Good(result).TryFind(symbol, out var configuration));
        return configuration;
    }

    public static IReadOnlyList<TierFileFinding> Bad(Result<TierBook, TierFileRefusal> result)
    {
        Assert.False(result.TryGet(out _, out var refusal));
        Assert.NotEmpty(refusal.Findings);
        return refusal.Findings;
    }

    public static string[] Lines(Result<TierBook, TierFileRefusal> result) =>
        [.. Bad(result).Select(finding => finding.ToString())];

    /// <summary>A table in the rows' own words: floor|cap|rate|amount|leverage.</summary>
    public static string[] Rows(TierConfiguration configuration) =>
    [
        .. configuration.Table.Tiers.Select(tier => string.Join('|', new[]
        {
            tier.Floor, tier.Cap, tier.Rate, tier.Amount, tier.MaxLeverage.Value,
        }.Select(Decimals.Text))),
    ];
}

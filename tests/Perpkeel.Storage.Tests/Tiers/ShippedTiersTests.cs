using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Storage.Tiers;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.Storage.Tests.Tiers.TierFileData;

namespace Perpkeel.Storage.Tests.Tiers;

[Trait("Req", "MAR-4")]
public sealed class ShippedTiersTests
{
    private static string Folder => Path.Combine(RepositoryRoot.Find(), "config", "tiers");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_shipped_file_is_sound(string file)
    {
        var book = Good(TierFile.Read(Path.Combine(Folder, file)));

        Assert.NotEmpty(book.Symbols);
        foreach (var symbol in book.Symbols)
        {
            Assert.True(book.TryFind(symbol, out var configuration));
            Assert.NotNull(configuration.Source.AsOf);
            Assert.NotNull(configuration.QuoteAsset);
        }
    }

    [Fact]
    public void The_program_carries_every_file_but_the_template()
    {
        var files = Directory.GetFiles(Folder, "*.yaml")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => name is not "template").Order(StringComparer.Ordinal);

        Assert.Equal(files, ShippedTiers.Names, StringComparer.Ordinal);
        foreach (var name in ShippedTiers.Names)
        {
            var onDisk = Good(TierFile.Read(Path.Combine(Folder, name + ".yaml")));
            var carried = Good(ShippedTiers.Find(name)!.Value);
            Assert.Equal(
                onDisk.Symbols.Select(VersionIn(onDisk)), carried.Symbols.Select(VersionIn(carried)),
                StringComparer.Ordinal);
        }

        Assert.Contains(ShippedTiers.Default, ShippedTiers.Names, StringComparer.Ordinal);
        Assert.Null(ShippedTiers.Find("template"));
    }

    [Fact]
    public void The_classic_table_gives_108_700_for_five_million()
    {
        Assert.True(Good(ShippedTiers.Find("classic")!.Value).TryFind("CLASSIC-BTC-2021", out var classic));

        var tier = classic.TierFor(5_000_000m).Tier;

        Assert.Equal((4, 108_700m), (tier.Number, (5_000_000m * tier.Rate) - tier.Amount));
    }

    [Theory]
    [InlineData("BTCUSDT", 12, "USDT")]
    [InlineData("ETHBTC", 10, "BTC")]
    [InlineData("BTCUSDC", 10, "USDC")]
    [InlineData("BTCSTUSDT", 6, "USDT")]
    [InlineData("币安人生USDT", 6, "USDT")]
    public void The_default_tiers_show_the_kinds_there_are(string symbol, int tiers, string quote)
    {
        Assert.True(Good(ShippedTiers.Find(ShippedTiers.Default)!.Value).TryFind(symbol, out var found));

        Assert.Equal((tiers, quote), (found.Table.Tiers.Length, found.QuoteAsset));
    }

    private static Func<string, string> VersionIn(TierBook book) => symbol =>
        book.TryFind(symbol, out var configuration) ? $"{symbol} {configuration.Version}" : symbol;
}

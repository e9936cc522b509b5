using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>Recorded vectors of the chain's and the web page's own tests, and their parts in our terms.</summary>
internal static partial class ChainVectors
{
    private static readonly string File = Path.Combine(
        Environment.GetEnvironmentVariable("PERPKEEL_VECTORS")
            ?? Path.Combine(RepositoryRoot.Find(), "..", "shared", "vectors"),
        "dydx-indexer", "vectors.json");

    /// <summary>Every vector of a kind passes; without a file, or without the kind in it, it is skipped.</summary>
    public static void Check(string kind, Action<JsonElement> check)
    {
        var vectors = All().Where(vector => vector.GetProperty("kind").ValueEquals(kind)).ToList();
        Assert.SkipWhen(vectors.Count == 0, $"Vectors: needs some of kind {kind}.");

        Assert.All(vectors, check);
    }

    public static IReadOnlyList<JsonElement> All()
    {
        Assert.SkipUnless(System.IO.File.Exists(File), $"Vectors: needs {File}.");
        using var text = JsonDocument.Parse(System.IO.File.ReadAllBytes(File));
        return [.. text.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.Clone())];
    }

    public static JsonElement Input(this JsonElement vector) => vector.GetProperty("input");

    public static JsonElement Input(this JsonElement vector, string name) => vector.Input().GetProperty(name);

    public static JsonElement Expected(this JsonElement vector, string name) =>
        vector.GetProperty("expected").GetProperty(name);

    /// <summary>A result is what the vector expects: its value, or its error by the chain's name.</summary>
    public static void Expect<T>(this JsonElement vector, Result<T, ChainError> result, Action<T> check)
        where T : notnull
    {
        var isGood = result.TryGet(out var value, out var error);
        Assert.Equal(vector.ErrorCode(), error?.Code);
        if (isGood) check(value!);
    }

    /// <summary>The expected error as our codes are written; null where none is expected.</summary>
    public static string? ErrorCode(this JsonElement vector) =>
        vector.GetProperty("expected").TryGetProperty("error", out var name)
            ? string.Join('-', Word().Matches(name.GetString()!).Select(word => word.Value).Skip(1))
                .ToLowerInvariant()
            : null;

    public static BigInteger Integer(this JsonElement value) => BigInteger.Parse(
        value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString()!,
        CultureInfo.InvariantCulture);

    /// <summary>A named integer; zero where it is not there.</summary>
    public static BigInteger Integer(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.Integer()
            : 0;

    public static Ppm Ppm(this JsonElement parent, string name) => new((long)parent.Integer(name));

    public static QuoteQuantums Quote(this JsonElement parent, string name) =>
        new((Int128)parent.Integer(name));

    /// <summary>The elements of a named array; none where it is not there.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var array) ? array.EnumerateArray() : [];

    public static MarketId Market(this JsonElement parent, string name = "perpetualId") =>
        new(parent.GetProperty(name).ToString());

    public static SubaccountRisk Risk(this JsonElement source) =>
        new(source.Integer("nc"), source.Integer("imr"), source.Integer("mmr"));

    public static LiquidityTier Tier(this JsonElement source) => new()
    {
        InitialMarginPpm = source.Ppm("initialMarginPpm"),
        MaintenanceFractionPpm = source.Ppm("maintenanceFractionPpm"),
        OpenInterestLowerCap = source.Quote("openInterestLowerCap"),
        OpenInterestUpperCap = source.Quote("openInterestUpperCap"),
        ImpactNotional = source.Quote("impactNotional"),
    };

    /// <summary>The market of an element with a price, an exponent and a resolution.</summary>
    public static Perpetual Perpetual(this JsonElement source) => new()
    {
        Id = source.TryGetProperty("id", out _) ? source.Market("id") : new MarketId("0"),
        AtomicResolution = (int)source.Integer("atomicResolution"),
        OracleExponent = (int)source.Integer("exponent"),
        OraclePrice = source.Integer("price"),
        OpenInterest = source.Integer("openInterest"),
        FundingIndex = source.Integer("fundingIndex"),
        LiquidityTier = (source.TryGetProperty("liquidityTier", out var tier) ? tier : source).Tier(),
        MarketType = source.TryGetProperty("marketType", out var type) && type.ValueEquals("ISOLATED")
            ? MarketType.Isolated
            : MarketType.Cross,
    };

    public static Dictionary<MarketId, Perpetual> Perpetuals(this JsonElement input) =>
        input.GetProperty("perpetuals").EnumerateObject().ToDictionary(
            market => new MarketId(market.Name),
            market => market.Value.Perpetual() with { Id = new MarketId(market.Name) });

    /// <summary>The account of an element with USDC and positions.</summary>
    public static Subaccount Subaccount(this JsonElement source) => source.Each("positions").Aggregate(
        new Subaccount { Usdc = source.Integer("usdcQuantums") },
        (account, held) => account.With(new PerpetualPosition(
            held.Market(), held.Integer("quantums"), held.Integer("fundingIndex"),
            held.Integer("quoteBalance"))));

    public static IEnumerable<PerpetualDelta> Deltas(this JsonElement source, string name) =>
        source.Each(name).Select(delta => new PerpetualDelta(
            delta.Market(), delta.Integer("quantumsDelta"), delta.Integer("quoteBalanceDelta")));

    /// <summary>Words of a name in capitals and small letters; the first is what all names begin with.</summary>
    [GeneratedRegex("[A-Z][a-z0-9]*", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Word();
}

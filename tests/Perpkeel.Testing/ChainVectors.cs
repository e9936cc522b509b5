using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Testing;

/// <summary>
/// Recorded vectors of the chain's and the web page's own tests, and their parts in our terms.
/// </summary>
public static partial class ChainVectors
{
    /// <summary>Where they are looked for.</summary>
    public static string File { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("PERPKEEL_VECTORS")
            ?? Path.Combine(RepositoryRoot.Find(), "..", "shared", "vectors"),
        "dydx-indexer", "vectors.json");

    /// <summary>All vectors, or null where there is no file.</summary>
    public static IReadOnlyList<JsonElement>? Read()
    {
        if (!System.IO.File.Exists(File)) return null;
        using var text = JsonDocument.Parse(System.IO.File.ReadAllBytes(File));
        return [.. text.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.Clone())];
    }

    /// <summary>The vectors of a kind; none where there is no file.</summary>
    public static IReadOnlyList<JsonElement> OfKind(string kind) =>
        [.. Read()?.Where(vector => vector.GetProperty("kind").ValueEquals(kind)) ?? []];

    /// <summary>What goes in.</summary>
    public static JsonElement Input(this JsonElement vector) => vector.GetProperty("input");

    /// <summary>A named part of what goes in.</summary>
    public static JsonElement Input(this JsonElement vector, string name) => vector.Input().GetProperty(name);

    /// <summary>A named part of what is expected.</summary>
    public static JsonElement Expected(this JsonElement vector, string name) =>
        vector.GetProperty("expected").GetProperty(name);

    /// <summary>The expected error as our codes are written; null where none is expected.</summary>
    public static string? ErrorCode(this JsonElement vector) =>
        vector.GetProperty("expected").TryGetProperty("error", out var name)
            ? string.Join('-', Word().Matches(name.GetString()!).Select(word => word.Value).Skip(1))
                .ToLowerInvariant()
            : null;

    /// <summary>A whole number, written as a number or as text.</summary>
    public static BigInteger Whole(this JsonElement value) => BigInteger.Parse(
        value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString()!,
        CultureInfo.InvariantCulture);

    /// <summary>A named integer; zero where it is not there.</summary>
    public static BigInteger Whole(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.Whole()
            : 0;

    /// <summary>Named parts per million; zero where they are not there.</summary>
    public static Ppm Ppm(this JsonElement parent, string name) => new((long)parent.Whole(name));

    /// <summary>A named quote amount; zero where it is not there.</summary>
    public static QuoteQuantums Quote(this JsonElement parent, string name) =>
        new((Int128)parent.Whole(name));

    /// <summary>The elements of a named array; none where it is not there.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var array) ? array.EnumerateArray() : [];

    /// <summary>The market that a property names.</summary>
    public static MarketId Market(this JsonElement parent, string name = "perpetualId") =>
        new(parent.GetProperty(name).ToString());

    /// <summary>The risk of an element with collateral and requirements.</summary>
    public static SubaccountRisk Risk(this JsonElement source) =>
        new(source.Whole("nc"), source.Whole("imr"), source.Whole("mmr"));

    /// <summary>The margin rules of an element.</summary>
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
        AtomicResolution = (int)source.Whole("atomicResolution"),
        OracleExponent = (int)source.Whole("exponent"),
        OraclePrice = source.Whole("price"),
        OpenInterest = source.Whole("openInterest"),
        FundingIndex = source.Whole("fundingIndex"),
        LiquidityTier = (source.TryGetProperty("liquidityTier", out var tier) ? tier : source).Tier(),
        MarketType = source.TryGetProperty("marketType", out var type) && type.ValueEquals("ISOLATED")
            ? MarketType.Isolated
            : MarketType.Cross,
    };

    /// <summary>The markets of an input.</summary>
    public static IReadOnlyDictionary<MarketId, Perpetual> Perpetuals(this JsonElement input) =>
        input.GetProperty("perpetuals").EnumerateObject().ToDictionary(
            market => new MarketId(market.Name),
            market => market.Value.Perpetual() with { Id = new MarketId(market.Name) });

    /// <summary>
    /// The account of an element with USDC and positions, and with the initial margin fractions that it has
    /// chosen, where a position names one.
    /// </summary>
    public static Subaccount Subaccount(this JsonElement source) => source.Each("positions").Aggregate(
        new Subaccount { Usdc = source.Whole("usdcQuantums") },
        (account, held) => account.With(new PerpetualPosition(
            held.Market(), held.Whole("quantums"), held.Whole("fundingIndex"),
            held.Whole("quoteBalance"))) with
        {
            CustomInitialMarginPpm = held.Ppm("customImfPpm") is { Value: not 0 } chosen
                ? account.CustomInitialMarginPpm.SetItem(held.Market(), chosen)
                : account.CustomInitialMarginPpm,
        });

    /// <summary>Named changes of positions.</summary>
    public static IEnumerable<PerpetualDelta> Deltas(this JsonElement source, string name) =>
        source.Each(name).Select(delta => new PerpetualDelta(
            delta.Market(), delta.Whole("quantumsDelta"), delta.Whole("quoteBalanceDelta")));

    /// <summary>
    /// Words of a name in capitals and small letters; the first is what all names begin with.
    /// </summary>
    [GeneratedRegex("[A-Z][a-z0-9]*", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Word();
}

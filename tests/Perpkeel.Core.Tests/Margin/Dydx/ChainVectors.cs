using System.Globalization;
using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;

namespace Perpkeel.Core.Tests.Margin.Dydx;

/// <summary>Recorded vectors of the chain's own tests, and their parts in our terms.</summary>
internal static class ChainVectors
{
    public static string File { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("PERPKEEL_VECTORS")
            ?? Path.Combine(RepositoryRoot.Find(), "..", "shared", "vectors"),
        "dydx-indexer", "vectors.json");

    public static IReadOnlyList<JsonElement> OfKind(string kind)
    {
        using var text = JsonDocument.Parse(System.IO.File.ReadAllBytes(File));
        return [.. text.RootElement.GetProperty("vectors").EnumerateArray()
            .Where(vector => vector.GetProperty("kind").ValueEquals(kind))
            .Select(vector => vector.Clone())];
    }

    public static JsonElement Input(this JsonElement vector, string name) =>
        vector.GetProperty("input").GetProperty(name);

    public static JsonElement Expected(this JsonElement vector, string name) =>
        vector.GetProperty("expected").GetProperty(name);

    public static bool ExpectsError(this JsonElement vector) =>
        vector.GetProperty("expected").TryGetProperty("error", out _);

    public static Int128 Integer(this JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetInt64()
        : Int128.Parse(value.GetString()!, CultureInfo.InvariantCulture);

    public static Int128 Integer(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? value.Integer() : 0;

    public static QuoteQuantums Quote(this JsonElement parent, string name) => new(parent.Integer(name));

    public static bool FitsLong(this JsonElement parent, string name) =>
        long.TryParse(parent.GetProperty(name).GetString(), CultureInfo.InvariantCulture, out _);

    /// <summary>
    /// The market of an element with a price, an exponent and a resolution; its tier where it has one.
    /// </summary>
    public static Market Market(JsonElement source) => SampleMarkets.Btc with
    {
        AtomicResolution = (int)source.Integer("atomicResolution"),
        OracleExponent = (int)source.Integer("exponent"),
        InitialMarginPpm = new Ppm(Tier(source, "initialMarginPpm")),
        MaintenanceFractionPpm = new Ppm(Tier(source, "maintenanceFractionPpm")),
    };

    /// <summary>Whether a tier's initial margin does not grow with open interest.</summary>
    public static bool IsFlat(JsonElement source) =>
        source.GetProperty("liquidityTier").Integer("openInterestUpperCap") == 0;

    public static PositionMargin Margin(JsonElement perpetual, long quantums) => PositionMargin.Of(
        Market(perpetual), new BaseQuantums(quantums), (long)perpetual.Integer("price"));

    /// <summary>The risk of a whole account: its USDC and all its positions.</summary>
    public static AccountRisk Account(JsonElement vector)
    {
        var risk = new AccountRisk(new(vector.Input("usdcQuantums").Integer()), default, default);
        foreach (var position in vector.Input("positions").EnumerateArray())
        {
            risk = risk.With(Margin(Perpetual(vector, position), (long)position.Integer("quantums")));
        }

        return risk;
    }

    /// <summary>The position that a vector is about.</summary>
    public static (JsonElement Perpetual, long Quantums) Subject(JsonElement vector)
    {
        var id = vector.Input("perpetualId").GetString();
        var position = vector.Input("positions").EnumerateArray().Single(held =>
            string.Equals(held.GetProperty("perpetualId").GetString(), id, StringComparison.Ordinal));
        return (Perpetual(vector, position), (long)position.Integer("quantums"));
    }

    private static JsonElement Perpetual(JsonElement vector, JsonElement position) =>
        vector.Input("perpetuals").GetProperty(position.GetProperty("perpetualId").GetString()!);

    private static long Tier(JsonElement source, string name) =>
        source.TryGetProperty("liquidityTier", out var tier) ? (long)tier.Integer(name) : 0;
}

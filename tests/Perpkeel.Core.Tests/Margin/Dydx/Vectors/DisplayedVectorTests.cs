using System.Globalization;
using System.Text.Json;
using Perpkeel.Core.Margin.Dydx.Displayed;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>What the venue's web page made of random accounts, against what we say it shows.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-11")]
public sealed class DisplayedVectorTests
{
    private const decimal Tolerance = 1e-12m;

    [Fact]
    [VectorKind("ui.market.effectiveImf")]
    public void Effective_initial_margin() => VectorCheck.Check(vector =>
        Same(
            vector.GetProperty("expected"), "effectiveInitialMarginFraction",
            Market(vector.Input()).EffectiveInitialMarginFraction));

    [Fact]
    [VectorKind("ui.account.cross")]
    public void Cross_account() => VectorCheck.Check(Account);

    [Fact]
    [VectorKind("ui.account.isolated")]
    public void Isolated_account() => VectorCheck.Check(Account);

    private static void Account(JsonElement vector)
    {
        var shown = WebAccount.Of(new DisplayedAccount
        {
            SubaccountNumber = (int)vector.Input("subaccountNumber").Whole(),
            Usdc = new(Number(vector.Input(), "usdcSigned")!.Value),
            Positions = [.. vector.Input("positions").EnumerateArray().Select(held => Held(vector, held))],
        });

        var expected = vector.GetProperty("expected");
        Same(expected, "quoteBalance", shown.QuoteBalance.Value);
        Same(expected, "valueTotal", shown.ValueTotal.Value);
        Same(expected, "notionalTotal", shown.NotionalTotal.Value);
        Same(expected, "initialRiskTotal", shown.InitialRiskTotal.Value);
        Same(expected, "maintenanceRiskTotal", shown.MaintenanceRiskTotal.Value);
        Same(expected, "equity", shown.ClampedEquity.Value);
        Same(expected, "freeCollateral", shown.FreeCollateral.Value);
        Same(expected, "rawFreeCollateral", shown.RawFreeCollateral.Value);
        Same(expected, "leverage", shown.Leverage);
        Same(expected, "marginUsage", shown.MarginUsage);
        Assert.Equal(expected.GetProperty("positions").GetArrayLength(), shown.Positions.Length);
        foreach (var position in expected.GetProperty("positions").EnumerateArray())
        {
            Position(position, shown.Positions.Single(each => each.Market == position.Market("market")));
        }
    }

    private static void Position(JsonElement expected, WebPosition shown)
    {
        Same(expected, "signedSize", shown.Size.Value);
        Same(expected, "notional", shown.Notional.Value);
        Same(expected, "value", shown.Value.Value);
        Same(expected, "adjustedImf", shown.AdjustedInitialMarginFraction);
        Same(expected, "adjustedMmf", shown.AdjustedMaintenanceMarginFraction);
        Same(expected, "initialRisk", shown.InitialRisk.Value);
        Same(expected, "initialRiskFromSelectedLeverage", shown.InitialRiskFromSelectedLeverage.Value);
        Same(expected, "maintenanceRisk", shown.MaintenanceRisk.Value);
        Same(expected, "maxLeverage", shown.MaxLeverage);
        Same(expected, "effectiveSelectedLeverage", shown.EffectiveSelectedLeverage);
        Same(expected, "leverage", shown.Leverage);
        Same(expected, "liquidationPrice", shown.LiquidationPriceFromClampedEquity);
        Same(expected, "unrealizedPnl", shown.UnrealizedPnl.Value);
        Same(expected, "unrealizedPnlPercent", shown.UnrealizedPnlPercent);
        Assert.Equal(expected.GetProperty("marginMode").ValueEquals("ISOLATED"), shown.IsIsolated);
    }

    private static DisplayedPosition Held(JsonElement vector, JsonElement held)
    {
        var name = held.GetProperty("market").GetString()!;
        return new(
            Market(vector.Input("markets").GetProperty(name)), new Size(Number(held, "size")!.Value),
            new Price(Number(held, "entryPrice")!.Value),
            Number(vector.Input("selectedLeverage"), name) is { } selected ? new Leverage(selected) : null);
    }

    private static DisplayedMarket Market(JsonElement market) => new()
    {
        Id = market.Market("ticker"),
        OraclePrice = new(Number(market, "oraclePrice")!.Value),
        InitialMarginFraction = Number(market, "initialMarginFraction")!.Value,
        MaintenanceMarginFraction = Number(market, "maintenanceMarginFraction")!.Value,
        OpenInterest = Number(market, "openInterest") ?? 0m,
        OpenInterestLowerCap = Cap(market, "openInterestLowerCap"),
        OpenInterestUpperCap = Cap(market, "openInterestUpperCap"),
    };

    private static Usd? Cap(JsonElement market, string name) =>
        Number(market, name) is { } cap ? new Usd(cap) : null;

    /// <summary>A named number; null where there is none.</summary>
    private static decimal? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? decimal.Parse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Equal to twelve digits, or to twelve places near zero; or both nothing.</summary>
    private static void Same(JsonElement parent, string name, decimal? actual)
    {
        var expected = Number(parent, name);
        var isSame = expected is { } one && actual is { } other
            ? Math.Abs(one - other) <= Tolerance * Math.Abs(one)
                || (Math.Abs(one) <= Tolerance && Math.Abs(one - other) <= Tolerance)
            : expected is null && actual is null;
        Assert.True(isSame, $"{name}: {expected} expected, {actual} shown.");
    }
}

using System.Globalization;
using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Displayed;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;

namespace Perpkeel.Core.Tests.Margin.Dydx.Documents;

/// <summary>
/// The account that docs/math/dydx-margin.md reckons through, and the blocks of figures in that document.
/// </summary>
internal static class WorkedAccount
{
    public static readonly MarketId Btc = SampleMarkets.Btc.Id;
    public static readonly MarketId Eth = SampleMarkets.Eth.Id;

    /// <summary>Half a bitcoin long and four ether short.</summary>
    public static Subaccount Account { get; } = (new Subaccount { Usdc = -8_999_000_000 } with
    {
        CustomInitialMarginPpm = new Subaccount().CustomInitialMarginPpm.Add(Btc, new Ppm(100_000)),
    })
        .With(new PerpetualPosition(Btc, 5_000_000_000, 1_000, 0))
        .With(new PerpetualPosition(Eth, -4_000_000_000, -200, 0));

    /// <summary>Ether has more open interest than its lower cap; bitcoin has no caps.</summary>
    public static Dictionary<MarketId, Perpetual> Markets { get; } = new()
    {
        [Btc] = Perpetual.Of(SampleMarkets.Btc, 6_000_012_345, 40_000_000_000_000) with
        {
            FundingIndex = 1_625,
        },
        [Eth] = Perpetual.Of(
            SampleMarkets.Eth with
            {
                OpenInterestLowerCap = Millions(40),
                OpenInterestUpperCap = Millions(100),
            },
            3_000_123_456, 20_000_000_000_000) with
        {
            FundingIndex = -575,
        },
    };

    /// <summary>The blocks of the document by name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Blocks()
    {
        var settled = Expect.Good(Account.Settle(Markets));
        return new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["markets"] = [.. Markets.Values.SelectMany(Market)],
            ["account"] = Holding(),
            ["settlement"] = Settlement(settled),
            ["initial"] = [.. settled.Positions.Values.SelectMany(held => Initial(settled, held))],
            ["maintenance"] = [.. settled.Positions.Values.SelectMany(Maintenance)],
            ["risk"] = Risk(settled),
            ["liquidation"] = [.. settled.Positions.Values.SelectMany(Liquidation)],
            ["shock"] = Shock(settled),
            ["displayed"] = Displayed(),
            ["leverage"] = Leverage(),
        };
    }

    private static IEnumerable<string> Market(Perpetual market)
    {
        var tier = market.LiquidityTier;
        yield return $"{market.Id}";
        yield return Row("oracle price", $"{market.OraclePrice} * 10^{market.OracleExponent}");
        yield return Row("base quantum", $"10^{market.AtomicResolution}");
        yield return Row("base initial margin", tier.InitialMarginPpm);
        yield return Row("maintenance fraction", tier.MaintenanceFractionPpm);
        yield return Row("funding index", market.FundingIndex);
        yield return Row("open interest", $"{market.OpenInterest} base quantums");
        yield return Row("  in quote quantums", market.OpenInterestNotional);
        yield return Row("  lower cap", tier.OpenInterestLowerCap.Value);
        yield return Row("  upper cap", tier.OpenInterestUpperCap.Value);
    }

    private static List<string> Holding() =>
    [
        Row("USDC", Account.Usdc),
        .. Account.Positions.Values.Select(
            held => Row(held.Market, $"{held.Quantums} base quantums, settled at {held.FundingIndex}")),
        .. Account.CustomInitialMarginPpm.Select(
            chosen => Row("chosen margin", $"{chosen.Value} in {chosen.Key}")),
    ];

    private static List<string> Settlement(Subaccount settled)
    {
        var lines = new List<string>();
        var sum = BigInteger.Zero;
        foreach (var held in Account.Positions.Values)
        {
            var index = Markets[held.Market].FundingIndex;
            var millionths = -(index - held.FundingIndex) * held.Quantums;
            sum += millionths;
            lines.Add(Row(
                held.Market, $"-({index} - {held.FundingIndex}) * {held.Quantums} = {millionths}"));
        }

        var paid = Same(Rounding.FloorDivide(sum, Ppm.One), settled.Usdc - Account.Usdc);
        lines.Add(Row("received", $"floor({sum} / {Ppm.One}) = {paid}"));
        lines.Add(Row("USDC", $"{Account.Usdc} + {paid} = {settled.Usdc}"));
        return lines;
    }

    private static IEnumerable<string> Initial(Subaccount settled, PerpetualPosition held)
    {
        var market = Markets[held.Market];
        var tier = market.LiquidityTier;
        Ppm? custom = settled.CustomInitialMarginPpm.TryGetValue(held.Market, out var own) ? own : null;
        var effective = market.EffectiveInitialMarginPpm(custom);
        var margin = market.Margin(held.Quantums, custom: custom);
        yield return $"{held.Market}";
        yield return Row(
            "worth", $"{held.Quantums} * {market.OraclePrice} * 10^"
                + $"({market.OracleExponent} + {market.AtomicResolution} + 6) = {margin.NetCollateral}");
        yield return Row("base", tier.InitialMarginPpm);
        yield return Row("with open interest", Growth(market));
        yield return Row("chosen", custom?.ToString() ?? "none");
        yield return Row("what counts", effective);
        var notional = BigInteger.Abs(margin.NetCollateral);
        var initial = Same(
            Rounding.CeilingDivide(notional * effective.Value, Ppm.One), margin.Initial);
        yield return Row("initial margin", $"ceil({notional} * {effective.Value} / {Ppm.One}) = {initial}");
    }

    private static string Growth(Perpetual market)
    {
        var tier = market.LiquidityTier;
        var adjusted = tier.AdjustedInitialMarginPpm(market.OpenInterestNotional);
        if (adjusted == tier.InitialMarginPpm) return $"{adjusted}";
        var (first, lower) = (tier.InitialMarginPpm.Value, tier.OpenInterestLowerCap.Value);
        BigInteger width = (tier.OpenInterestUpperCap - tier.OpenInterestLowerCap).Value;
        var over = market.OpenInterestNotional - lower;
        _ = Same(first + ((Ppm.One - first) * over / width), adjusted.Value);
        return $"{first} + floor({Ppm.One - first} * {over} / {width}) = {adjusted}";
    }

    private static IEnumerable<string> Maintenance(PerpetualPosition held)
    {
        var market = Markets[held.Market];
        var tier = market.LiquidityTier;
        var margin = market.Margin(held.Quantums);
        var notional = BigInteger.Abs(margin.NetCollateral);
        var first = Rounding.CeilingDivide(notional * tier.InitialMarginPpm.Value, Ppm.One);
        var second = Same(
            Rounding.CeilingDivide(first * tier.MaintenanceFractionPpm.Value, Ppm.One), margin.Maintenance);
        yield return $"{held.Market}";
        yield return Row(
            "base initial", $"ceil({notional} * {tier.InitialMarginPpm.Value} / {Ppm.One}) = {first}");
        yield return Row(
            "maintenance", $"ceil({first} * {tier.MaintenanceFractionPpm.Value} / {Ppm.One}) = {second}");
    }

    private static List<string> Risk(Subaccount settled)
    {
        var risk = Expect.Good(settled.Risk(Markets));
        var worth = settled.Positions.Values.Select(held => Markets[held.Market].BaseToQuote(held.Quantums));
        return
        [
            Row(
                "net collateral",
                $"{settled.Usdc}{string.Concat(worth.Select(Signed))} = {risk.NetCollateral}"),
            Row("initial margin", risk.Initial),
            Row("maintenance margin", risk.Maintenance),
            Row("free collateral", $"{risk.NetCollateral} - {risk.Initial} = {risk.FreeCollateral}"),
            Row("may be liquidated", risk.IsLiquidatable ? "yes" : "no"),
        ];
    }

    private static IEnumerable<string> Liquidation(PerpetualPosition held)
    {
        var price = Expect.Good(LiquidationPrice.Find(Account, held.Market, Markets)).Price!.Value;
        yield return $"{held.Market}";
        foreach (var each in new[] { price, price + held.Quantums.Sign })
        {
            var moved = new Dictionary<MarketId, Perpetual>(Markets)
            {
                [held.Market] = Markets[held.Market] with { OraclePrice = each },
            };
            var risk = Expect.Good(Account.Risk(moved));
            yield return Row(
                $"at {each}",
                $"collateral {risk.NetCollateral}, maintenance {risk.Maintenance}: "
                + (risk.IsLiquidatable ? "may be liquidated" : "safe"));
        }
    }

    private static List<string> Shock(Subaccount settled)
    {
        var risk = Expect.Good(settled.Risk(Markets));
        var value = risk.NetCollateral - settled.Usdc;
        var fast = new AccountRisk(
            new((Int128)risk.NetCollateral), new((Int128)risk.Initial), new((Int128)risk.Maintenance));
        var shock = fast.CommonShock(new((Int128)settled.Usdc))!.Value;
        return
        [
            Row("value of positions", value),
            Row(
                "common move",
                $"({risk.Maintenance} - {risk.NetCollateral}) / ({value} - {risk.Maintenance})"
                + $" = {Decimals.Text(decimal.Round(shock, 12))}"),
        ];
    }

    private static List<string> Displayed()
    {
        var shown = Expect.Good(DisplayedAccount.Of(
            Account, 0, Markets, market => new Price(market == Btc ? 60_000m : 3_000m)));
        var (indexer, web) = (IndexerAccount.Of(shown), WebAccount.Of(shown));
        return
        [
            "indexer",
            Row("equity", indexer.Equity),
            Row("free collateral", indexer.FreeCollateral),
            "web page",
            Row("equity", web.ClampedEquity),
            Row("free collateral", Text(web.FreeCollateral.Value)),
            Row("margin usage", Text(web.MarginUsage!.Value)),
            .. web.Positions.Select(position => Row(
                $"liquidation {position.Market}", Text(position.LiquidationPriceFromClampedEquity!.Value))),
            "chain",
            Row("net collateral", Usd(Expect.Good(Account.Risk(Markets)).NetCollateral)),
            Row("free collateral", Usd(Expect.Good(Account.Risk(Markets)).FreeCollateral)),
            .. Account.Positions.Keys.Select(market => Row($"liquidation {market}", Truth(market))),
        ];
    }

    private static List<string> Leverage()
    {
        var info = Expect.Good(SubaccountLeverage.Of(Account, Markets, DateTimeOffset.UnixEpoch));
        return
        [
            Row("greatest", Text(info.Max.Value)),
            Row("in use", Text(info.Current.Value)),
            Row("available", Text(info.Available)),
            Row("margin ratio", Text(info.MarginRatio)),
            Row("maintenance ratio", Text(info.MaintenanceMarginRatio)),
            Row("health", info.Health),
        ];
    }

    private static string Truth(MarketId market)
    {
        var price = Expect.Good(LiquidationPrice.Find(Account, market, Markets)).Price!.Value;
        return Decimals.Text((decimal)price * Decimals.PowerOfTen(Markets[market].OracleExponent));
    }

    private static QuoteQuantums Millions(int millions) => new((Int128)millions * 1_000_000 * 1_000_000);

    private static string Usd(BigInteger quantums) =>
        new QuoteQuantums((Int128)quantums).ToUsd().ToString();

    private static string Text(decimal value) => Decimals.Text(decimal.Round(value, 8));

    private static string Signed(BigInteger value) =>
        value.Sign < 0 ? $" - {-value}" : $" + {value}";

    private static string Row(object name, object value) =>
        string.Create(CultureInfo.InvariantCulture, $"  {name,-22} {value}");

    /// <summary>What the line reckons is what the model says.</summary>
    private static BigInteger Same(BigInteger reckoned, BigInteger model) => reckoned == model
        ? model
        : throw new InvalidOperationException($"The line says {reckoned} and the model {model}.");
}

using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>The numbers of <c>docs/math/margin.md</c>, each block made by the calculator.</summary>
internal static class MarginDocumentBlocks
{
    private const decimal Cent = 0.01m;
    private const decimal Entry = 50_000m;

    private static readonly (Side Side, decimal Size, int Leverage)[] Examples =
    [
        (Side.Buy, 100m, 20), (Side.Sell, 100m, 20), (Side.Buy, 20.4m, 20), (Side.Sell, 19.8m, 50),
        (Side.Buy, 208m, 10), (Side.Sell, 4.98m, 50),
    ];

    private static TierTable Classic => SampleTables.Classic;

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> All() =>
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["table"] = Table(),
            ["amounts"] = Amounts(),
            ["classic-margins"] = Margins(),
            ["lines"] = LinesAtFiveMillions(),
            ["step"] = Step(),
            ["label"] = Labels(),
            ["empty-tier"] = EmptyTier(),
            ["floors"] = Floors(),
            ["search"] = Explained(20.4m, 20m).Lines,
            ["examples"] = Liquidations(),
            ["entry-tier"] = EntryTiers(),
            ["hedge"] = Hedge(),
            ["equal-legs"] = EqualLegs(),
            ["places"] = Places(),
            ["digits"] = Digits(),
            ["range"] = Range(),
        };

    private static List<string> Table() => Columns(
        [["tier", "floor", "cap", "rate", "amount", "leverage"], .. Classic.Tiers.Select(tier => new[]
        {
            Text(tier.Number), Text(tier.Floor), Text(tier.Cap), Text(tier.Rate), Text(tier.Amount),
            Text(tier.MaxLeverage.Value),
        })]);

    private static List<string> Amounts() => [.. Classic.Tiers.Skip(1).Zip(Classic.Tiers, (tier, before) =>
        $"c{tier.Number} = {Text(before.Amount)} + {Text(tier.Floor)} x ({Text(tier.Rate)} - "
        + $"{Text(before.Rate)}) = {Text(tier.Amount)}")];

    private static List<string> Margins() => Columns(
        [["notional", "tier", "line below", "line above", "margin"],
            .. from boundary in Classic.Tiers.Skip(1).Take(4)
               from notional in new[] { boundary.Floor - Cent, boundary.Floor, boundary.Floor + Cent }
               select new[]
               {
                   Text(notional), Text(Classic.TierFor(notional).Tier.Number),
                   Text(Line(Classic.Tiers[boundary.Number - 2], notional)), Text(Line(boundary, notional)),
                   Text(MarginCalculator.Maintenance(Classic, notional)),
               }]);

    private static List<string> LinesAtFiveMillions()
    {
        const decimal notional = 5_000_000m;
        var margin = MarginCalculator.Maintenance(Classic, notional);
        return [.. Classic.Tiers.Select(tier =>
        {
            var line = Line(tier, notional);
            return $"tier {tier.Number}: {Text(notional)} x {Text(tier.Rate)} - {Text(tier.Amount)} = "
                + Text(line) + (line == margin ? " <- the largest" : string.Empty);
        })];
    }

    private static List<string> Step()
    {
        decimal[] notionals = [999_000m, 1_000_000m, 1_001_000m];
        return [.. notionals.Select(notional =>
            $"MM({Text(notional)}) = {Text(MarginCalculator.Maintenance(Classic, notional))}")];
    }

    private static List<string> Labels()
    {
        decimal[] notionals = [50_000m, 50_000m + Cent, 500_000_000m, 500_000_000m + Cent, 1_000_000_000m];
        return [.. notionals.Select(notional =>
        {
            var label = Classic.TierFor(notional);
            return $"{Text(notional)}: tier {label.Tier.Number}, at most "
                + $"{Text(label.Tier.MaxLeverage.Value)} times"
                + (label.IsBeyondLastCap
                    ? $"; beyond the last cap, MM = {Text(MarginCalculator.Maintenance(Classic, notional))}"
                    : string.Empty);
        })];
    }

    private static List<string> EmptyTier()
    {
        var table = SampleTables.Read(
            "empty", "0 250000 0.1 5\n250000 500000 0.125 4\n500000 500000 0.1667 3\n500000 7500000 0.25 2");
        return
        [
            .. Columns([["tier", "floor", "cap", "rate", "amount"], .. table.Tiers.Select(tier => new[]
            {
                Text(tier.Number), Text(tier.Floor), Text(tier.Cap), Text(tier.Rate), Text(tier.Amount),
            })]),
            $"tier of 500000: {table.TierFor(500_000m).Tier.Number}, of 500000.01: "
                + Text(table.TierFor(500_000.01m).Tier.Number),
        ];
    }

    private static List<string> Floors() => Columns(
        [["tier", "floor", "MM(floor)", "F(floor)", "G(floor)"], .. Classic.Tiers.Select(tier =>
        {
            var margin = MarginCalculator.Maintenance(Classic, tier.Floor);
            return new[]
            {
                Text(tier.Number), Text(tier.Floor), Text(margin), Text(tier.Floor - margin),
                Text(tier.Floor + margin),
            };
        })]);

    private static List<string> Liquidations() => Columns(
        [["side", "size", "leverage", "wallet", "tier now", "tier then", "liquidated at", "bankrupt at"],
            .. Examples.Select(example =>
            {
                var result = Explained(example.Size * example.Side.Sign(), example.Leverage).Result;
                return new[]
                {
                    example.Side == Side.Buy ? "long" : "short", Text(example.Size), Text(example.Leverage),
                    Text(result.MarginBalance), Text(result.Tier), Text(result.LiquidationTier),
                    Text(result.LiquidationPrice!.Value), Text(result.BankruptcyPrice!.Value),
                };
            })]);

    private static List<string> EntryTiers() => Columns(
        [["side", "size", "tier now", "its line gives", "liquidated at", "too late by"],
            .. Examples.Skip(2).Select(example =>
            {
                var explained = Explained(example.Size * example.Side.Sign(), example.Leverage);
                var wrong = explained.Candidates[explained.Result.Tier - 1].Price!.Value;
                var right = explained.Result.LiquidationPrice!.Value;
                return new[]
                {
                    example.Side == Side.Buy ? "long" : "short", Text(example.Size),
                    Text(explained.Result.Tier), Cents(wrong), Cents(right),
                    Cents((right - wrong) * example.Side.Sign()),
                };
            })]);

    private static List<string> Hedge() => Explained(HedgePosition.Create(
        0.625m, 101_562.5m, 0.46875m, 93_750m, 100_000m, 4_806.25m).Value());

    private static List<string> EqualLegs() => Explained(HedgePosition.Create(
        10m, 50_000m, 10m, 50_000m, 50_000m, 20_000m).Value())[^2..];

    private static List<string> Places()
    {
        const decimal notional = 49.72023376m;
        var margin = notional * 0.01m;
        var initial = notional / 20m;
        var bought = Explained(100m, 20m).Result.LiquidationPrice!.Value;
        var sold = Explained(-100m, 20m).Result.LiquidationPrice!.Value;
        return
        [
            $"{Text(notional)} x 0.01 = {Text(margin)}, shown {Text(MarginRounding.Shown(margin))}",
            $"{Text(notional)} / 20 = {Text(initial)}, shown {Text(MarginRounding.Shown(initial))}",
            $"long liquidated at {Text(bought)}: shown {Text(MarginRounding.Shown(bought))}, warned of at "
                + Text(MarginRounding.Alert(bought, Side.Buy)),
            $"short liquidated at {Text(sold)}: shown {Text(MarginRounding.Shown(sold))}, warned of at "
                + Text(MarginRounding.Alert(sold, Side.Sell)),
        ];
    }

    private static List<string> Digits()
    {
        const decimal size = 123_456.789012345678m;
        const decimal mark = 98_765.432109876543m;
        var position = MarginPosition.Create(
            size, mark, mark, 1m, MarginCollateral.Isolated(0m)).Value();
        var result = MarginCalculator.Calculate(Classic, position);
        var exact = Fraction.Of(size) * Fraction.Of(mark);
        var plain = ((size * mark) * result.Rate) - result.Amount;
        return
        [
            $"size x price = {Text(size)} x {Text(mark)}",
            $"  exact:   {Plain(exact)}",
            $"  decimal: {Text(size * mark)}",
            $"x {Text(result.Rate)} - {Text(result.Amount)}",
            $"  decimals all the way:   {Text(plain)}",
            $"  exact and rounded once: {Text(result.Maintenance)}",
        ];
    }

    private static List<string> Range() =>
    [
        $"a decimal: a whole number of up to {Text(decimal.MaxValue)}, over ten to a power of 0 to 28",
        $"size: up to {Text(MarginPosition.MostSize)}",
        $"price: up to {Text(MarginPosition.MostPrice)}",
        $"money: up to {Text(MarginPosition.MostMoney)}, either sign",
    ];

    private static MarginExplanation Explained(decimal size, decimal leverage) => MarginExplanation.Explain(
        Configuration(), MarginPosition.Create(
            size, Entry, Entry, leverage,
            MarginCollateral.Isolated(Math.Abs(size) * Entry / leverage)).Value());

    private static List<string> Explained(HedgePosition position) =>
        [.. HedgeExplanation.Explain(Configuration(), position).Lines];

    private static TierConfiguration Configuration() => new()
    {
        Symbol = "BTCUSDT",
        Source = new TierSource("classic", null),
        Table = Classic,
    };

    private static decimal Line(MarginTier tier, decimal notional) => (notional * tier.Rate) - tier.Amount;

    /// <summary>Cells in columns, flush right.</summary>
    private static List<string> Columns(List<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToList();
        return [.. rows.Select(row =>
            string.Join("  ", row.Select((cell, i) => cell.PadLeft(widths[i]))))];
    }

    /// <summary>All digits of a number that ends.</summary>
    private static string Plain(Fraction value)
    {
        var places = 0;
        while (value.Floor(places) != value) places++;
        var whole = value.Floor(0);
        var rest = (value - whole) * new Fraction(System.Numerics.BigInteger.Pow(10, places), 1);
        return $"{whole.Numerator}.{rest.Numerator.ToString("D" + places, null)}";
    }

    private static string Cents(decimal value) => Text(decimal.Round(value, 2));

    private static string Text(decimal value) => Decimals.Text(value);
}

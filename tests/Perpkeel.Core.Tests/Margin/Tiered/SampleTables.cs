using System.Globalization;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>Tables of an exchange, as they were on one day.</summary>
internal static class SampleTables
{
    /// <summary>
    /// The well-known table of BTC in 2021. A row is floor, cap, rate, leverage and, where given, amount.
    /// </summary>
    public const string ClassicRows =
        """
        0 50000 0.004 125
        50000 250000 0.005 100
        250000 1000000 0.01 50
        1000000 10000000 0.025 20
        10000000 20000000 0.05 10
        20000000 50000000 0.1 5
        50000000 100000000 0.125 4
        100000000 200000000 0.15 3
        200000000 300000000 0.25 2
        300000000 500000000 0.5 1
        """;

    /// <summary>
    /// Tables of 2 July 2026, a name and then the rows of each, with the exchange's amounts.
    /// </summary>
    private const string RecordedRows =
        """
        BTCUSDT
        0 300000 0.004 150 0
        300000 800000 0.005 100 300
        800000 3000000 0.0065 75 1500
        3000000 12000000 0.01 50 12000
        12000000 70000000 0.02 25 132000
        70000000 100000000 0.025 20 482000
        100000000 230000000 0.05 10 2982000
        230000000 480000000 0.1 5 14482000
        480000000 600000000 0.125 4 26482000
        600000000 800000000 0.15 3 41482000
        800000000 1200000000 0.25 2 121482000
        1200000000 1800000000 0.5 1 421482000

        ETHUSDT
        0 300000 0.004 150 0
        300000 800000 0.005 100 300
        800000 3000000 0.0065 75 1500
        3000000 12000000 0.01 50 12000
        12000000 50000000 0.02 25 132000
        50000000 65000000 0.025 20 382000
        65000000 150000000 0.05 10 2007000
        150000000 320000000 0.1 5 9507000
        320000000 400000000 0.125 4 17507000
        400000000 530000000 0.15 3 27507000
        530000000 800000000 0.25 2 80507000
        800000000 1200000000 0.5 1 280507000

        SOLUSDT
        0 50000 0.005 100 0
        50000 400000 0.0065 75 75
        400000 1000000 0.01 50 1475
        1000000 4000000 0.02 25 11475
        4000000 8000000 0.025 20 31475
        8000000 40000000 0.05 10 231475
        40000000 80000000 0.1 5 2231475
        80000000 100000000 0.125 4 4231475
        100000000 200000000 0.25 2 16731475
        200000000 400000000 0.5 1 66731475

        XRPUSDT
        0 40000 0.005 100 0
        40000 80000 0.006 75 40
        80000 150000 0.01 50 360
        150000 400000 0.0125 40 735
        400000 1000000 0.02 25 3735
        1000000 2000000 0.025 20 8735
        2000000 10000000 0.05 10 58735
        10000000 20000000 0.1 5 558735
        20000000 25000000 0.125 4 1058735
        25000000 50000000 0.25 2 4183735
        50000000 100000000 0.5 1 16683735

        DOGEUSDT
        0 80000 0.0065 75 0
        80000 150000 0.01 50 280
        150000 750000 0.0125 40 655
        750000 2000000 0.02 25 6280
        2000000 4000000 0.025 20 16280
        4000000 20000000 0.05 10 116280
        20000000 40000000 0.1 5 1116280
        40000000 50000000 0.125 4 2116280
        50000000 100000000 0.25 2 8366280
        100000000 200000000 0.5 1 33366280

        1000PEPEUSDT
        0 20000 0.0065 75 0
        20000 200000 0.01 50 70
        200000 300000 0.015 40 1070
        300000 1500000 0.02 25 2570
        1500000 3000000 0.025 20 10070
        3000000 15000000 0.05 10 85070
        15000000 20000000 0.1 5 835070
        20000000 25000000 0.125 4 1335070
        25000000 30000000 0.25 2 4460070
        30000000 35000000 0.5 1 11960070

        ETHBTC
        0 5 0.005 100 0
        5 10 0.006 75 0.005
        10 100 0.01 50 0.045
        100 400 0.02 20 1.045
        400 800 0.025 10 3.045
        800 1500 0.05 8 23.045
        1500 2000 0.1 5 98.045
        2000 3000 0.125 4 148.045
        3000 5000 0.25 2 523.045
        5000 10000 0.5 1 1773.045

        PAXGUSDT
        0 5000 0.01 75 0
        5000 10000 0.015 50 25
        10000 50000 0.02 25 75
        50000 100000 0.025 20 325
        100000 175000 0.03333 15 1158
        175000 500000 0.05 10 4075.25
        500000 750000 0.1 5 29075.25
        750000 1500000 0.125 4 47825.25
        1500000 4500000 0.1667 3 110375.25
        4500000 7500000 0.25 2 485225.25
        7500000 12500000 0.5 1 2360225.25

        STARUSDT
        0 10000 0.167 3 0
        10000 30000 0.25 2 830
        30000 100000 0.5 1 8330

        币安人生USDT
        0 10000 0.05 10 0
        10000 60000 0.1 5 500
        60000 120000 0.125 4 2000
        120000 300000 0.1667 3 7004
        300000 1000000 0.25 2 31994
        1000000 3000000 0.5 1 281994

        BTCSTUSDT
        0 5000 0.01 25 0
        5000 25000 0.025 20 75
        25000 100000 0.05 10 700
        100000 250000 0.1 5 5700
        250000 1000000 0.125 2 11950
        1000000 9223372036854775807 0.5 1 386950
        """;

    public static TierTable Classic { get; } = Read("classic", ClassicRows);

    /// <summary>
    /// A dozen real tables by symbol. Everything that wants real tables takes them from here.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, TierTable>> Dozen()
    {
        var tables = new List<KeyValuePair<string, TierTable>> { new("classic", Classic) };
        foreach (var table in RecordedRows.ReplaceLineEndings("\n").Split("\n\n"))
        {
            var end = table.IndexOf('\n', StringComparison.Ordinal);
            tables.Add(new(table[..end], Read(table[..end], table[(end + 1)..])));
        }

        return tables;
    }

    /// <summary>Reads rows as above.</summary>
    public static TierTable Read(string symbol, string rows) =>
        TierTable.Create(symbol, Drafts(rows)).Value();

    public static TierDraft[] Drafts(string rows) =>
        [.. rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Draft)];

    private static TierDraft Draft(string row)
    {
        decimal[] numbers = [.. row.Split(' ').Select(number =>
            decimal.Parse(number, NumberStyles.Number, CultureInfo.InvariantCulture))];
        return new TierDraft
        {
            Floor = numbers[0],
            Cap = numbers[1],
            Rate = numbers[2],
            MaxLeverage = numbers[3],
            Amount = numbers.Length > 4 ? numbers[4] : null,
        };
    }
}

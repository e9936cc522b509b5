using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>
/// Valid tables from chance: 3 to 12 tiers, rates with up to five places, amounts left out.
/// </summary>
internal static class GeneratedTables
{
    private const int LeastTiers = 3;
    private const int MostTiers = 12;
    private const int RateSteps = 100_000;

    public static TierTable Next(Draws draws) =>
        TierTable.Create("generated", Drafts(draws, draws.Between(LeastTiers, MostTiers))).Value();

    public static TierDraft[] Drafts(Draws draws, int count)
    {
        var drafts = new TierDraft[count];
        var floor = 0m;
        var rate = 0m;
        var leverage = count + draws.Below(100);
        for (var i = 0; i < count; i++)
        {
            var left = count - i;
            var cap = floor + Width(draws, floor);
            var room = RateSteps - 1 - (int)(rate * RateSteps) - left;
            rate += draws.Between(1, room / left) / (decimal)RateSteps;
            drafts[i] = new TierDraft { Floor = floor, Cap = cap, Rate = rate, MaxLeverage = leverage };
            leverage -= draws.Between(1, Math.Max(1, (leverage - left) / left));
            floor = cap;
        }

        return drafts;
    }

    /// <summary>Round numbers mostly, as exchanges write them; some to the cent.</summary>
    private static decimal Width(Draws draws, decimal floor) =>
        draws.Below(4) == 0
            ? draws.Digits(draws.Between(5, 9), 2)
            : draws.Between(1, 9) * Decimals.PowerOfTen(draws.Between(floor < 1_000m ? 1 : 4, 8));
}

using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Bench;

/// <summary>
/// A cross account of 50 positions: the sums of maintenance and profit of all, then each position's
/// liquidation price beside the other 49.
/// </summary>
internal static class AccountBench
{
    private const int Positions = 50;
    private const int AtOnce = 20;

    public static void Run(IReadOnlyList<TierTable> tables, int repeats)
    {
        var rows = Rows.WithFeedDigits(tables, Positions);
        var wallet = rows.Positions.Sum(position => position.Collateral.Wallet);
        var first = new MarginResult[Positions];
        var sum = 0;
        void Account()
        {
            for (var i = 0; i < AtOnce; i++) sum += Calculate(rows, wallet, first);
        }

        var cases = new Cases();
        cases.Add($"cross account of {Positions} positions, in accounts", AtOnce, Account);
        cases.Run(10 * repeats);
        Console.WriteLine($"# bytes allocated in {AtOnce} accounts: {Cases.Allocated(Account)}");
        GC.KeepAlive(sum);
    }

    private static int Calculate(Rows rows, decimal wallet, MarginResult[] first)
    {
        var (maintenance, pnl, priced) = (0m, 0m, 0);
        for (var i = 0; i < Positions; i++)
        {
            first[i] = MarginCalculator.Calculate(rows.Tables[i], in rows.Positions[i]);
            maintenance += first[i].Maintenance;
            pnl += first[i].UnrealizedPnl;
        }

        for (var i = 0; i < Positions; i++)
        {
            var collateral = MarginCollateral.Cross(
                wallet, maintenance - first[i].Maintenance, pnl - first[i].UnrealizedPnl);
            if (!rows.Positions[i].With(collateral).TryGet(out var position, out _)) continue;
            var result = MarginCalculator.Calculate(rows.Tables[i], in position);
            if (result.LiquidationPrice is not null) priced++;
        }

        return priced;
    }
}

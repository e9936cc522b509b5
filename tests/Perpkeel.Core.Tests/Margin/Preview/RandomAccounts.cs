using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Tests.Margin.Preview;

/// <summary>Accounts and changes at random, in one-way and hedge mode, cross and isolated.</summary>
internal sealed class RandomAccounts(Draws chance)
{
    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT", "币安人生USDT"];

    public TieredAccount Account()
    {
        var isHedged = chance.OneIn(3);
        var settings = Symbols.Select(symbol => Previews.Setting(
            symbol, Price(symbol), chance.AnyOf(1m, 2m, 3m, 5m, 10m, 20m),
            chance.OneIn(2) ? MarginMode.Cross : MarginMode.Isolated)).ToArray();
        var positions = new List<HeldPosition>();
        foreach (var setting in settings)
        {
            PositionLeg[] legs = isHedged ? [PositionLeg.LongSide, PositionLeg.ShortSide] : [PositionLeg.Net];
            foreach (var leg in legs)
            {
                if (chance.OneIn(2)) continue;
                var size = Size(setting.Symbol) * Sign(leg);
                var entry = Price(setting.Symbol);
                positions.Add(new HeldPosition(
                    new PositionKey(setting.Symbol, leg), size, entry,
                    setting.Mode == MarginMode.Isolated
                        ? Math.Abs(size) * entry / setting.Leverage.Value
                        : 0m));
            }
        }

        return Previews.Account(chance.UpToDigits(8, 2), settings, positions);
    }

    public AccountChange.OrderFill Fill(TieredAccount account)
    {
        var symbol = chance.AnyOf(Symbols);
        var leg = IsHedged(account)
            ? chance.AnyOf(PositionLeg.LongSide, PositionLeg.ShortSide)
            : PositionLeg.Net;
        var key = new PositionKey(symbol, leg);
        var size = account.Positions.TryGetValue(key, out var held) && chance.OneIn(4)
            ? Math.Abs(held.Size)
            : Size(symbol);
        return new AccountChange.OrderFill(key, chance.AnyOf(Side.Buy, Side.Sell), size, Price(symbol))
        {
            Fee = chance.OneIn(2) ? 0m : chance.UpToDigits(4, 4),
            IsReduceOnly = chance.OneIn(5),
        };
    }

    public AccountChange Change(TieredAccount account) => chance.Within(0, 12) switch
    {
        0 => new AccountChange.PriceTo(chance.AnyOf(Symbols), Price("ETHUSDT")),
        1 => new AccountChange.PriceBy(chance.OneIn(2) ? null : chance.AnyOf(Symbols), Move()),
        2 => new AccountChange.Deposit(chance.UpToDigits(7, 2)),
        3 => new AccountChange.Withdrawal(chance.UpToDigits(7, 2)),
        4 => new AccountChange.IsolatedTransfer(
            Key(account), chance.UpToDigits(6, 2) * (chance.OneIn(2) ? 1m : -1m)),
        5 => new AccountChange.LeverageChange(chance.AnyOf(Symbols), new Leverage(chance.Within(1, 126))),
        6 => new AccountChange.ModeChange(
            chance.AnyOf(Symbols), chance.OneIn(2) ? MarginMode.Cross : MarginMode.Isolated),
        7 => new AccountChange.TierChange(new TierBook(
            Symbols.Select(symbol => ClassicTiers.Random(symbol, chance)))),
        _ => Fill(account),
    };

    private PositionKey Key(TieredAccount account) => new(
        chance.AnyOf(Symbols),
        IsHedged(account) ? chance.AnyOf(PositionLeg.LongSide, PositionLeg.ShortSide) : PositionLeg.Net);

    private bool IsHedged(TieredAccount account) =>
        account.Positions.IsEmpty ? chance.OneIn(2) : account.IsHedged;

    private decimal Move() => chance.Within(-400, 600) / 1_000m;

    private decimal Sign(PositionLeg leg) => leg switch
    {
        PositionLeg.LongSide => 1m,
        PositionLeg.ShortSide => -1m,
        _ => chance.OneIn(2) ? 1m : -1m,
    };

    private decimal Price(string symbol) => symbol switch
    {
        "BTCUSDT" => chance.Within(400_000, 600_000) / 10m,
        "ETHUSDT" => chance.Within(150_000, 250_000) / 100m,
        _ => chance.Within(1_000, 2_000) / 1_000_000m,
    };

    private decimal Size(string symbol) => symbol switch
    {
        "BTCUSDT" => chance.UpToDigits(4, 3),
        "ETHUSDT" => chance.UpToDigits(5, 3),
        _ => chance.UpToDigits(7, 0),
    };
}

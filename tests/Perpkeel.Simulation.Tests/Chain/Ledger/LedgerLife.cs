using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Liquidations;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

/// <summary>What a random life is counted by.</summary>
internal enum LifeEvent
{
    Matched,
    MatchRefused,
    IsolationRefused,
    IsolatedMatched,
    BuilderPaid,
    Deposited,
    Withdrawn,
    WithdrawalBlocked,
    Transferred,
    TransferRefused,
    LeverageChosen,
    FundingMoved,
    Liquidated,
    InsurancePaid,
    InsuranceShort,
    DeleveragedAtBankruptcy,
    DeleveragedAtOracle,
}

/// <summary>Twenty markets and two hundred accounts to which everything happens, by lot.</summary>
internal sealed class LedgerLife
{
    private const int MarketCount = 20;
    private const int IsolatedFrom = 14;
    private const int OwnerCount = 50;
    private const int AccountsOfOwner = 4;
    private const long Usd = QuoteQuantums.PerUsd;

    private readonly SeededRandom _chance;
    private readonly int[] _counts = new int[Enum.GetValues<LifeEvent>().Length];
    private uint _height;
    private DateTimeOffset _time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public LedgerLife(ulong seed)
    {
        _chance = new SeededRandom(seed);
        Ledger = new ChainLedger(new LedgerParameters { Seed = seed });
        for (var index = 0; index < MarketCount; index++)
        {
            var (market, price) = RandomMarkets.Draw(_chance, index, index >= IsolatedFrom);
            Ledger.AddMarket(market, new Ppm(index >= IsolatedFrom ? 100 : 0));
            Ledger.MoveOracle(index, price);
            Ledger.MintInsurance(index, _chance.Between(0, 200) * Usd);
        }

        NewBlock();
        for (var owner = 0; owner < OwnerCount; owner++)
        {
            _ = Ledger.Accounts.OwnerOf($"owner {owner}");
            Ledger.Mint(owner, 1_000_000 * Usd);
            for (var number = 0; number < AccountsOfOwner; number++)
            {
                _ = Ledger.Money.Deposit(owner, new(owner, number * 128), _chance.Between(1, 20_000 * Usd));
            }
        }
    }

    public ChainLedger Ledger { get; }

    public int Count(LifeEvent kind) => _counts[(int)kind];

    public void Act()
    {
        switch (_chance.Below(100))
        {
            case < 70: Match(); break;
            case < 73: Deposit(); break;
            case < 76: Withdraw(); break;
            case < 80: Transfer(); break;
            case < 82: ChooseLeverage(); break;
            case < 84: Vote(); break;
            case < 92: Oracle(); break;
            case < 93: Settle(); break;
            default: EndBlock(); break;
        }
    }

    private int AnyAccount() => _chance.Below(Ledger.Accounts.Count);

    private SubaccountKey AnyKey() =>
        new(_chance.Below(OwnerCount), 128 * _chance.Below(AccountsOfOwner));

    private int AnyMarket() => _chance.Below(MarketCount);

    private void Happened(LifeEvent kind, bool isSo = true) => _counts[(int)kind] += isSo ? 1 : 0;

    private void Match()
    {
        var (taker, maker, market) = _chance.Below(4) == 0 ? Isolated() : Cross();
        if (taker == maker || Ledger.Markets[market].Status != ClobPairStatus.Active) return;
        var (takerOwner, makerOwner) = (OwnerOf(taker), OwnerOf(maker));
        var outcome = Ledger.TryMatch(new MatchRequest
        {
            Taker = taker,
            Maker = maker,
            Market = market,
            Side = _chance.Below(2) == 0 ? Side.Buy : Side.Sell,
            Subticks = SubticksNear(market, spreadPpm: 20_000),
            Quantums = Size(market, _chance.Between(1, 30_000)),
            TakerFee = Ledger.FeeRateOf(takerOwner, market, isTaker: true),
            MakerFee = Ledger.FeeRateOf(makerOwner, market, isTaker: false),
            TakerBuilder = Builder(),
            MakerBuilder = Builder(),
        });

        Happened(LifeEvent.Matched, outcome.IsDone);
        Happened(LifeEvent.MatchRefused, outcome.End == MatchEnd.Refused);
        Happened(LifeEvent.IsolatedMatched, outcome.IsDone && market >= IsolatedFrom);
        Happened(LifeEvent.BuilderPaid, outcome.TakerBuilderFee > 0);
        Happened(LifeEvent.IsolationRefused, outcome.Taker
            == Core.Margin.Dydx.Subaccounts.UpdateResult.ViolatesIsolatedSubaccountConstraints);
    }

    /// <summary>The last account of each owner keeps to one isolated market.</summary>
    private (int Taker, int Maker, int Market) Isolated()
    {
        var kind = _chance.Below(MarketCount - IsolatedFrom);
        return (Keeper(kind), Keeper(kind), IsolatedFrom + kind);

        int Keeper(int keeps)
        {
            var owners = ((OwnerCount - keeps - 1) / (MarketCount - IsolatedFrom)) + 1;
            var owner = keeps + ((MarketCount - IsolatedFrom) * _chance.Below(owners));
            return (owner * AccountsOfOwner) + AccountsOfOwner - 1;
        }
    }

    /// <summary>The other accounts trade the cross markets, and rarely whatever comes.</summary>
    private (int Taker, int Maker, int Market) Cross()
    {
        if (_chance.Below(50) == 0) return (AnyAccount(), AnyAccount(), AnyMarket());
        var taker = Trader();
        var held = Ledger.Accounts[taker].Positions;
        var market = _chance.Below(3) > 0 && !held.IsEmpty
            ? held[_chance.Below(held.Length)].Market
            : _chance.Below(IsolatedFrom);
        return (taker, Trader(), market);

        int Trader() =>
            (_chance.Below(OwnerCount) * AccountsOfOwner) + _chance.Below(AccountsOfOwner - 1);
    }

    private BuilderCode Builder() => _chance.Below(5) == 0
        ? new BuilderCode(_chance.Below(OwnerCount), (uint)_chance.Between(1, 10_000))
        : default;

    private int OwnerOf(int account) => Ledger.Accounts[account].Key.Owner;

    /// <summary>The oracle in subticks, moved by chance.</summary>
    private long SubticksNear(int market, long spreadPpm)
    {
        // With these resolutions a subtick is a hundredth of the oracle's integer times its conversion.
        var held = Ledger.Markets[market];
        var rules = held.Market;
        var exponent = rules.OracleExponent + rules.AtomicResolution + 6 - rules.QuantumConversionExponent;
        var oracle = exponent >= 0
            ? held.OraclePrice * Rounding.PowerOfTen(exponent)
            : held.OraclePrice / Rounding.PowerOfTen(-exponent);
        var moved = oracle * (Ppm.One + _chance.Between(-spreadPpm, spreadPpm)) / Ppm.One;
        return (long)Int128.Max(1, moved);
    }

    /// <summary>So many dollars in whole steps, at least one.</summary>
    private long Size(int market, long usd)
    {
        var held = Ledger.Markets[market];
        var step = held.Market.StepBaseQuantums;
        var worth = held.Worth(step);
        return step * (long)Int128.Max(1, (Int128)usd * Usd / Int128.Max(1, worth));
    }

    private void Deposit() => Happened(LifeEvent.Deposited, Ledger.Money.Deposit(
        _chance.Below(OwnerCount), AnyKey(), _chance.Between(1, 5_000 * Usd)).IsOk);

    private void Withdraw()
    {
        var result = Ledger.Money.Withdraw(
            AnyKey(), _chance.Below(OwnerCount), _chance.Between(1, 2_000 * Usd));
        Happened(LifeEvent.Withdrawn, result.IsOk);
        Happened(
            LifeEvent.WithdrawalBlocked, result.Text.Contains("Blocked", StringComparison.Ordinal));
    }

    private void Transfer()
    {
        var result = Ledger.Money.Transfer(AnyKey(), AnyKey(), _chance.Between(1, 5_000 * Usd));
        Happened(LifeEvent.Transferred, result.IsOk);
        Happened(LifeEvent.TransferRefused, !result.IsOk);
    }

    private void ChooseLeverage() => Happened(LifeEvent.LeverageChosen, Ledger.Money.UpdateLeverage(
        AnyKey(), [(AnyMarket(), (uint)_chance.Between(20_000, 1_000_000))]).IsOk);

    private void Vote() => Ledger.Funding.Vote(AnyMarket(), new Ppm(_chance.Between(-100_000, 100_000)));

    private void Oracle()
    {
        var market = AnyMarket();
        var most = _chance.Below(20) == 0 ? 250_000 : 20_000;
        var price = (Int128)Ledger.Markets[market].OraclePrice
            * (Ppm.One + _chance.Between(-most, most)) / Ppm.One;
        Ledger.MoveOracle(market, (long)Int128.Clamp(price, 100_000_000, 100_000_000_000));
    }

    /// <summary>One market is wound up, another one opens again.</summary>
    private void Settle()
    {
        var market = AnyMarket();
        var isSettling = Ledger.Markets[market].Status == ClobPairStatus.FinalSettlement;
        if (!isSettling && _chance.Below(4) > 0) return;
        Ledger.SetStatus(market, isSettling ? ClobPairStatus.Active : ClobPairStatus.FinalSettlement);
    }

    private void EndBlock()
    {
        Happened(LifeEvent.FundingMoved, Ledger.Funding.EndBlock());
        foreach (var account in Ledger.Liquidations.Rank())
        {
            if (Ledger.Liquidations.OrderOf(account) is { } order)
            {
                Ledger.Liquidations.Close(order, order.IsPlaceable ? Fill(order) : 0);
            }
        }

        foreach (var fill in Ledger.Deleveraging.Run())
        {
            Happened(LifeEvent.DeleveragedAtBankruptcy, fill.Price == DeleveragingPrice.Bankruptcy);
            Happened(LifeEvent.DeleveragedAtOracle, fill.Price == DeleveragingPrice.Oracle);
        }

        Ledger.Deleveraging.GateWithdrawals();
        NewBlock();
    }

    /// <summary>A few makers meet a liquidation order, at its limit or anywhere better.</summary>
    private long Fill(in LiquidationOrder order)
    {
        var left = order.Quantums;
        for (var turn = 0; turn < 3 && left > 0; turn++)
        {
            var maker = AnyAccount();
            if (maker == order.Account || _chance.Below(4) == 0) continue;
            var better = order.Subticks * _chance.Between(0, 30_000) / Ppm.One;
            var outcome = Ledger.TryLiquidate(new MatchRequest
            {
                Taker = order.Account,
                Maker = maker,
                Market = order.Market,
                Side = order.Side,
                Subticks = Math.Max(1, order.Subticks - (order.Side.Sign() * better)),
                Quantums = left,
                MakerFee = Ledger.FeeRateOf(OwnerOf(maker), order.Market, isTaker: false),
            });
            Happened(LifeEvent.Liquidated, outcome.IsDone);
            Happened(LifeEvent.InsurancePaid, outcome.InsuranceDelta < 0);
            Happened(LifeEvent.InsuranceShort, outcome.End == MatchEnd.InsuranceFundShort);
            if (outcome.IsDone) left = 0;
        }

        return order.Quantums - left;
    }

    private void NewBlock()
    {
        // Mostly seconds; now and then minutes, so that hours pass, and rarely an outage.
        var seconds = _chance.Below(200) == 0 ? 400 : _chance.Below(3) == 0 ? 60 : 1;
        _time += TimeSpan.FromSeconds(seconds);
        Ledger.BeginBlock(++_height, _time);
    }
}

using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Testing;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

/// <summary>
/// A ledger to try things on: BTC (market 0, 50,000 USD), ETH (1, 3,000 USD) and an isolated ISO (2, 100 USD)
/// with amounts in dollars and coins.
/// </summary>
internal sealed class LedgerBench
{
    public const int Btc = 0;
    public const int Eth = 1;
    public const int Iso = 2;
    public const long Usd = QuoteQuantums.PerUsd;

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly int _bank;

    public LedgerBench(LedgerParameters? parameters = null, Func<Market, Market>? btc = null)
    {
        Ledger = new ChainLedger(parameters ?? new LedgerParameters());
        Ledger.AddMarket((btc ?? (market => market))(SampleMarkets.Btc), default);
        Ledger.AddMarket(SampleMarkets.Eth, default);
        Ledger.AddMarket(
            SampleMarkets.Btc with
            {
                Id = new MarketId("ISO-USD"),
                Index = Iso,
                BaseAsset = "ISO",
                MarketType = MarketType.Isolated,
            },
            new Ppm(100));
        Price(Btc, 50_000);
        Price(Eth, 3_000);
        Price(Iso, 100);
        Block(1, Start);
        _bank = Owner("bank");
        Ledger.Mint(_bank, 1_000_000_000_000 * Usd);
    }

    public ChainLedger Ledger { get; }

    public int Owner(string name) => Ledger.Accounts.OwnerOf(name);

    public SubaccountKey Key(string owner, int number = 0) => new(Owner(owner), number);

    /// <summary>A subaccount with so many dollars; gives its index.</summary>
    public int Account(string owner, decimal usd, int number = 0)
    {
        var key = Key(owner, number);
        var result = Ledger.Money.Deposit(_bank, key, Quote(usd));
        return result.IsOk ? Ledger.Accounts.Find(key) : throw new InvalidOperationException(result.Text);
    }

    public void Block(uint height, DateTimeOffset? time = null) =>
        Ledger.BeginBlock(height, time ?? Ledger.Time + TimeSpan.FromSeconds(1));

    public void Price(int market, decimal usd) => Ledger.MoveOracle(
        market, (long)(usd * Decimals.PowerOfTen(-Ledger.Markets[market].Market.OracleExponent)));

    public MatchOutcome Trade(
        int taker, int maker, int market, Side side, decimal price, decimal size, long takerFee = 0,
        long makerFee = 0) =>
        Ledger.TryMatch(Request(taker, maker, market, side, price, size) with
        {
            TakerFee = new Ppm(takerFee),
            MakerFee = new Ppm(makerFee),
        });

    public MatchRequest Request(
        int taker, int maker, int market, Side side, decimal price, decimal size) => new()
        {
            Taker = taker,
            Maker = maker,
            Market = market,
            Side = side,
            Subticks = Subticks(market, price),
            Quantums = Quantums(market, size),
        };

    public long Subticks(int market, decimal usd)
    {
        var rules = Ledger.Markets[market].Market;
        var exponent = 6 + rules.AtomicResolution - rules.QuantumConversionExponent;
        return (long)(usd * Decimals.PowerOfTen(exponent));
    }

    public long Quantums(int market, decimal size) =>
        (long)(size * Decimals.PowerOfTen(-Ledger.Markets[market].Market.AtomicResolution));

    public long Held(int account, int market) => Ledger.Accounts[account].QuantumsIn(market);

    public decimal Usdc(int account) => (decimal)Ledger.UsdcOf(account) / Usd;

    public decimal NetCollateral(int account) =>
        (decimal)Ledger.RiskOf(account).NetCollateral.Value / Usd;

    public static long Quote(decimal usd) => (long)(usd * Usd);
}

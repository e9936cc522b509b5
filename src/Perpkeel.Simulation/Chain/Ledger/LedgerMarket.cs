using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Fees;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>A perpetual as it stands: what governance set, and what prices and trades made of it.</summary>
internal sealed class LedgerMarket
{
    private LiquidityTier _tier;
    private Ppm _initialMargin;

    /// <summary>A market without a price and without positions.</summary>
    /// <param name="market">Its rules.</param>
    /// <param name="pool">Index of the pool in which its collateral lies.</param>
    /// <param name="defaultFunding">What is added to every hour's premium, for eight hours.</param>
    public LedgerMarket(Market market, int pool, Ppm defaultFunding)
    {
        Market = market;
        Pool = pool;
        DefaultFunding = defaultFunding;
        _tier = market.LiquidityTier;
        _initialMargin = market.InitialMarginPpm;
    }

    /// <summary>Its rules.</summary>
    public Market Market { get; private set; }

    /// <summary>Index of its collateral pool.</summary>
    public int Pool { get; }

    /// <summary>What is added to every hour's premium, for eight hours.</summary>
    public Ppm DefaultFunding { get; }

    /// <summary>What may be done in it.</summary>
    public ClobPairStatus Status { get; internal set; } = ClobPairStatus.Active;

    /// <summary>When and how much of its fees it charges; null for all, always.</summary>
    public MarketCharge? Charge { get; internal set; }

    /// <summary>Integer oracle price; zero before the first one.</summary>
    public long OraclePrice { get; private set; }

    /// <summary>Sum of the long positions in base quantums.</summary>
    public long OpenInterest { get; private set; }

    /// <summary>Funding index, in millionths of a quote quantum per base quantum.</summary>
    public Int128 FundingIndex { get; private set; }

    /// <summary>Whether its collateral stands alone.</summary>
    public bool IsIsolated => Market.MarketType == MarketType.Isolated;

    /// <summary>The margin rules.</summary>
    public LiquidityTier Tier => _tier;

    /// <summary>The initial margin fraction at the open interest and the price as they are.</summary>
    public Ppm InitialMargin => _initialMargin;

    /// <summary>The initial margin fraction at another open interest and the price as it is.</summary>
    public Ppm InitialMarginAt(long openInterest) => openInterest == OpenInterest
        ? _initialMargin
        : FractionAt(openInterest);

    /// <summary>Worth of an amount in quote quantums, with its sign, truncated toward zero.</summary>
    public Int128 Worth(long quantums) => PositionMargin.Worth(Market, quantums, OraclePrice);

    /// <summary>What a position adds to its account.</summary>
    /// <param name="quantums">Signed base quantums.</param>
    /// <param name="initialMargin">The fraction that counts.</param>
    public PositionMargin Margin(long quantums, Ppm initialMargin) =>
        PositionMargin.Of(Market, new(quantums), OraclePrice, initialMargin);

    /// <summary>The market in unbounded integers.</summary>
    public Perpetual ToPerpetual() => Perpetual.Of(Market, OraclePrice, OpenInterest) with
    {
        FundingIndex = FundingIndex,
    };

    /// <summary>Other rules, by governance.</summary>
    internal void Govern(Market market)
    {
        Market = market;
        _tier = market.LiquidityTier;
        _initialMargin = FractionAt(OpenInterest);
    }

    internal void MoveOracle(long price)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(price);
        OraclePrice = price;
        _initialMargin = FractionAt(OpenInterest);
    }

    internal void MoveOpenInterest(long delta)
    {
        if (delta == 0) return;
        OpenInterest += delta;
        _initialMargin = FractionAt(OpenInterest);
    }

    internal void MoveFunding(Int128 delta) => FundingIndex += delta;

    private Ppm FractionAt(long openInterest) => _tier.OpenInterestUpperCap <= QuoteQuantums.Zero
        ? _tier.InitialMarginPpm
        : _tier.AdjustedInitialMarginPpm(new QuoteQuantums(Worth(openInterest)));
}

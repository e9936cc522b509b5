using Perpkeel.Core.Margin.Dydx.Fees;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>What governance set, by its documented values.</summary>
internal sealed record LedgerParameters
{
    /// <summary>Trading fees.</summary>
    public FeeSchedule Fees { get; init; } = DocumentedFees.Schedule;

    /// <summary>Liquidations and deleveraging.</summary>
    public LiquidationParameters Liquidation { get; init; } = new();

    /// <summary>Funding.</summary>
    public FundingParameters Funding { get; init; } = new();

    /// <summary>For how many blocks withdrawals and transfers are held back.</summary>
    public uint WithdrawalBlocks { get; init; } = 50;

    /// <summary>How long the chain has to stand still for that.</summary>
    public TimeSpan OutageFrom { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where pseudo-random choices come from, together with the block's time.</summary>
    public ulong Seed { get; init; }
}

/// <summary>What governance set about liquidations.</summary>
/// <remarks>Source: dYdX v4-chain, liquidations configuration; the last three are flags of a node.</remarks>
internal sealed record LiquidationParameters
{
    /// <summary>Greatest share of a fill's value that goes to the insurance fund.</summary>
    public Ppm MostFee { get; init; } = new(Core.Margin.Dydx.Liquidation.MostFeePpm);

    /// <summary>How fast the fillable price leaves the oracle as collateral falls.</summary>
    public Ppm BankruptcyAdjustment { get; init; } =
        new(Core.Margin.Dydx.Liquidation.BankruptcyAdjustmentPpm);

    /// <summary>How far the fillable price may lie from the oracle, in maintenance margins.</summary>
    public Ppm Spread { get; init; } = new(Core.Margin.Dydx.Liquidation.SpreadToMaintenancePpm);

    /// <summary>Share of a position that one block may take.</summary>
    public Ppm Portion { get; init; } = new(Core.Margin.Dydx.Liquidation.PortionPpm);

    /// <summary>A position worth no more than this is taken whole.</summary>
    public QuoteQuantums LeastNotional { get; init; } = Core.Margin.Dydx.Liquidation.LeastNotional;

    /// <summary>What one block may take of one subaccount.</summary>
    public QuoteQuantums MostNotionalPerBlock { get; init; } =
        Core.Margin.Dydx.Liquidation.MostNotionalPerBlock;

    /// <summary>What one subaccount may cost the insurance fund in one block.</summary>
    public QuoteQuantums MostInsuranceLostPerBlock { get; init; } =
        new(1_000_000 * (Int128)QuoteQuantums.PerUsd);

    /// <summary>How many subaccounts one block tries to liquidate.</summary>
    public int MostLiquidatedPerBlock { get; init; } = 50;

    /// <summary>How many positions one block tries to deleverage.</summary>
    public int MostDeleveragedPerBlock { get; init; } = 10;

    /// <summary>How many subaccounts are looked at for one deleveraging.</summary>
    public int MostOffsetsLookedAt { get; init; } = 500;
}

/// <summary>What governance set about funding.</summary>
/// <remarks>Source: dYdX v4-chain, perpetuals parameters and epochs.</remarks>
internal sealed record FundingParameters
{
    /// <summary>How many votes a sample has at least.</summary>
    public int LeastVotes { get; init; } = 15;

    /// <summary>How many samples an hour has at least.</summary>
    public int LeastSamples { get; init; } = 60;

    /// <summary>Bounds the eight-hour rate, in distances from maintenance to initial margin.</summary>
    public Ppm RateClamp { get; init; } = new(6_000_000);

    /// <summary>Bounds a vote, in the same distances.</summary>
    public Ppm VoteClamp { get; init; } = new(60_000_000);

    /// <summary>Share of an hour's samples that is left out at each end.</summary>
    public Ppm TailRemoval { get; init; } = new(0);

    /// <summary>From one sample to the next.</summary>
    public TimeSpan SampleEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>When in its minute a sample is due, so that none falls together with a tick.</summary>
    public TimeSpan SampleOffset { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From one payment to the next.</summary>
    public TimeSpan TickEvery { get; init; } = TimeSpan.FromSeconds(3_600);
}

using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Previews;

/// <summary>The margin of a subaccount, funding settled, in the chain's integers.</summary>
public sealed record SubaccountMargin
{
    private const int WarningMultiple = 2;

    private SubaccountMargin()
    {
    }

    /// <summary>The account, funding settled.</summary>
    public required Subaccount Account { get; init; }

    /// <summary>Collateral beside what is needed, over all positions.</summary>
    public required SubaccountRisk Risk { get; init; }

    /// <summary>Every position in the order of markets.</summary>
    public required ImmutableArray<SubaccountPositionMargin> Positions { get; init; }

    /// <summary>Worth of all positions without their signs, in quote quantums.</summary>
    public BigInteger Notional => Positions.Aggregate(BigInteger.Zero, (sum, held) => sum + held.Notional);

    /// <summary>
    /// How far it is from liquidation, by the steps of <see cref="LeverageInfo"/>; equal is not liquidatable.
    /// </summary>
    public MarginHealth Health =>
        Risk.Maintenance.IsZero ? MarginHealth.Healthy
        : Risk.IsLiquidatable ? MarginHealth.Liquidatable
        : 4 * Risk.NetCollateral < 5 * Risk.Maintenance ? MarginHealth.Danger
        : Risk.NetCollateral < WarningMultiple * Risk.Maintenance ? MarginHealth.Warning
        : MarginHealth.Healthy;

    /// <summary>The position in a market; null when there is none.</summary>
    public SubaccountPositionMargin? Find(MarketId market) =>
        Positions.FirstOrDefault(held => held.Market.Id == market);

    /// <summary>Reckons a subaccount.</summary>
    /// <param name="account">The account; funding may be unsettled.</param>
    /// <param name="perpetuals">The markets.</param>
    public static Result<SubaccountMargin, ChainError> Of(
        Subaccount account, IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        if (!account.Settle(perpetuals).TryGet(out var settled, out var error)) return error;
        var positions = ImmutableArray.CreateBuilder<SubaccountPositionMargin>(settled.Positions.Count);
        foreach (var held in settled.Positions.Values)
        {
            if (!LiquidationPrice.Find(settled, held.Market, perpetuals)
                .TryGet(out var liquidation, out error))
            {
                return error;
            }

            var market = perpetuals[held.Market];
            Ppm? custom = settled.CustomInitialMarginPpm.TryGetValue(held.Market, out var chosen)
                ? chosen
                : null;
            positions.Add(new SubaccountPositionMargin
            {
                Market = market,
                Quantums = held.Quantums,
                Notional = market.BaseToQuote(BigInteger.Abs(held.Quantums)),
                InitialMarginPpm = market.EffectiveInitialMarginPpm(custom),
                Margin = settled.MarginOf(held.Market, market),
                LiquidationPrice = liquidation.Price,
            });
        }

        return new SubaccountMargin
        {
            Account = settled,
            Risk = settled.RiskWhenSettled(perpetuals),
            Positions = positions.MoveToImmutable(),
        };
    }
}

/// <summary>The margin of one position of a subaccount.</summary>
public sealed record SubaccountPositionMargin
{
    /// <summary>Its market.</summary>
    public required Perpetual Market { get; init; }

    /// <summary>Signed base quantums.</summary>
    public required BigInteger Quantums { get; init; }

    /// <summary>Worth without its sign, in quote quantums.</summary>
    public required BigInteger Notional { get; init; }

    /// <summary>The initial margin fraction that counts: by open interest or by choice.</summary>
    public required Ppm InitialMarginPpm { get; init; }

    /// <summary>What it adds to collateral and requirements.</summary>
    public required SubaccountRisk Margin { get; init; }

    /// <summary>
    /// Integer oracle price at which the chain may liquidate, others unchanged; null without.
    /// </summary>
    public required BigInteger? LiquidationPrice { get; init; }
}

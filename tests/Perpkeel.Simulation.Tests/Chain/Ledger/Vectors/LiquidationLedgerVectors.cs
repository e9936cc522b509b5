using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Liquidations;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger.Vectors;

/// <summary>The chain's own test tables for liquidations, inside the ledger.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "PAP-1")]
public sealed class LiquidationLedgerVectors
{
    private static readonly LiquidationParameters Unlimited = new()
    {
        MostNotionalPerBlock = new QuoteQuantums(Int128.MaxValue / 4),
        MostInsuranceLostPerBlock = new QuoteQuantums(Int128.MaxValue / 4),
    };

    /// <summary>
    /// Closed against somebody who can pay anything, an account receives its bankruptcy price.
    /// </summary>
    [Fact]
    public void Ix_11_bankruptcy_price() => VectorCheck.Check("liquidation.bankruptcyPrice", vector =>
    {
        var model = new ModelLedger(vector.Input().Perpetuals().Values);
        var delta = (long)vector.Input("deltaQuantums").Whole();
        var market = vector.Input().Market();
        var account = model.Add(vector.Input().Subaccount());
        var other = model.AddRich(market, delta);

        var quote = model.Ledger.Deleveraging.TryClose(
            account, other, model.Index(market), delta, DeleveragingPrice.Bankruptcy);

        if (vector.ErrorCode() is not null) Assert.Null(quote);
        else Assert.Equal((Int128)vector.Expected("bankruptcyPriceQuoteQuantums").Whole(), quote);
    });

    /// <summary>The limit is the first price on the grid that is no worse than the exact fraction.</summary>
    [Fact]
    public void Ix_11_fillable_price() => VectorCheck.Check("liquidation.fillablePrice", vector =>
    {
        var model = new ModelLedger(vector.Input().Perpetuals().Values, new LedgerParameters
        {
            Liquidation = Unlimited with
            {
                BankruptcyAdjustment = vector.Input().Ppm("bankruptcyAdjustmentPpm"),
                Spread = vector.Input().Ppm("spreadToMaintenanceMarginRatioPpm"),
            },
        });
        var account = model.Add(vector.Input().Subaccount());
        var market = model.Index(vector.Input().Market());
        var delta = (long)vector.Input("deltaQuantums").Whole();
        if (vector.ErrorCode() is { } error)
        {
            Assert.Equal(EndOf(error), Fill(model, account, market, delta, subticks: 1).End);
            return;
        }

        var (above, below) = Fraction(vector.Expected("fillablePriceRat"));
        var exact = above * BigInteger.Pow(10, 8);
        var isLong = model.Ledger.Accounts[account].QuantumsIn(market) > 0;
        Assert.Equal(
            isLong ? Rounding.CeilingDivide(exact, below) : Rounding.FloorDivide(exact, below),
            model.Ledger.Liquidations.LimitOf(account, market));
    });

    [Fact]
    public void Ix_11_insurance_fund_delta() => VectorCheck.Check("liquidation.insuranceFundDelta", vector =>
    {
        var filled = (long)vector.Input("fillAmount").Whole();
        if (filled == 0) return;
        var model = new ModelLedger(
            vector.Input().Perpetuals().Values,
            new LedgerParameters
            {
                Liquidation = Unlimited with { MostFee = vector.Input().Ppm("maxLiquidationFeePpm") },
            },
            (int)vector.Input("quantumConversionExponent").Whole());
        var account = model.Add(vector.Input().Subaccount());
        var market = model.Index(vector.Input().Market());
        var pool = model.Ledger.Pools[model.Ledger.Markets[market].Pool];
        pool.Insurance = Int128.MaxValue / 4;
        var before = pool.Insurance;

        var outcome = Fill(
            model, account, market, vector.Input("isBuy").GetBoolean() ? filled : -filled,
            (long)vector.Input("subticks").Whole());

        if (vector.ErrorCode() is { } error)
        {
            Assert.Equal(EndOf(error), outcome.End);
            return;
        }

        Assert.Equal(MatchEnd.Done, outcome.End);
        Assert.Equal((Int128)vector.Expected("insuranceFundDelta").Whole(), outcome.InsuranceDelta);
        Assert.Equal(outcome.InsuranceDelta, pool.Insurance - before);
    });

    /// <summary>What is offered of a position is what its limits say, turned into base quantums.</summary>
    [Fact]
    public void Ix_11_position_notional_limits() =>
        VectorCheck.Check("liquidation.positionNotionalLimits", vector =>
        {
            var perpetual = vector.Input().Perpetual() with
            {
                LiquidityTier = new()
                {
                    InitialMarginPpm = new Ppm(200_000),
                    MaintenanceFractionPpm = new Ppm(500_000),
                },
            };
            var held = (long)vector.Input("quantums").Whole();
            if (held == 0) return;
            var model = new ModelLedger([perpetual], new LedgerParameters
            {
                Liquidation = Unlimited with
                {
                    LeastNotional = vector.Input().Quote("minPositionNotionalLiquidated"),
                    Portion = vector.Input().Ppm("maxPositionPortionLiquidatedPpm"),
                },
            });
            var account = model.Add(
                new Subaccount { Usdc = -perpetual.BaseToQuote(held) - 1 }
                    .With(new PerpetualPosition(perpetual.Id, held, perpetual.FundingIndex, 0)));

            var order = model.Ledger.Liquidations.OrderOf(account);

            var most = vector.Expected("max").Whole();
            var isWhole = perpetual.BaseToQuote(BigInteger.Abs(held)) <= most;
            Assert.Equal(
                isWhole ? BigInteger.Abs(held) : BigInteger.Max(1, perpetual.QuoteToBase(most)),
                order!.Value.Quantums);
        });

    private static MatchOutcome Fill(ModelLedger model, int account, int market, long delta, long subticks) =>
        model.Ledger.TryLiquidate(new MatchRequest
        {
            Taker = account,
            Maker = model.AddRich(),
            Market = market,
            Side = delta > 0 ? Side.Buy : Side.Sell,
            Subticks = subticks,
            Quantums = Math.Abs(delta),
        });

    private static MatchEnd EndOf(string error) => error switch
    {
        "invalid-perpetual-position-size-delta" => MatchEnd.NotAClose,
        "maintenance-margin-is-zero" => MatchEnd.NoMaintenance,
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "The ledger has no such end."),
    };

    private static (BigInteger Above, BigInteger Below) Fraction(JsonElement text)
    {
        var parts = text.GetString()!.Split('/');
        return (
            BigInteger.Parse(parts[0], CultureInfo.InvariantCulture),
            parts.Length > 1 ? BigInteger.Parse(parts[1], CultureInfo.InvariantCulture) : BigInteger.One);
    }
}

using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Simulation.Chain.Ledger;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

/// <summary>
/// A ledger that was put into the state of the unbounded model, and the way back. Its pools are full, so that
/// only accounts decide.
/// </summary>
internal sealed class ModelLedger
{
    private readonly Dictionary<MarketId, int> _markets = [];
    private readonly List<MarketId> _names = [];

    public ModelLedger(
        IEnumerable<Perpetual> perpetuals, LedgerParameters? parameters = null,
        int quantumConversionExponent = -8)
    {
        Ledger = new ChainLedger(parameters ?? new LedgerParameters());
        foreach (var perpetual in perpetuals.OrderBy(each => each.Id))
        {
            var index = _names.Count;
            _markets.Add(perpetual.Id, index);
            _names.Add(perpetual.Id);
            var market = Ledger.AddMarket(RulesOf(perpetual, index, quantumConversionExponent), default);
            Ledger.MoveOracle(index, (long)perpetual.OraclePrice);
            market.MoveOpenInterest((long)perpetual.OpenInterest);
            market.MoveFunding((Int128)perpetual.FundingIndex);
        }

        foreach (var pool in Ledger.Pools) pool.Balance = Int128.MaxValue / 4;
        _ = Ledger.Accounts.OwnerOf("owner");
        Ledger.BeginBlock(1, DateTimeOffset.UnixEpoch);
    }

    public ChainLedger Ledger { get; }

    public int Index(MarketId market) => _markets[market];

    /// <summary>Puts an account in; gives its index.</summary>
    public int Add(Subaccount account)
    {
        var index = Ledger.State.Accounts.Open(new(0, Ledger.Accounts.Count));
        var added = Ledger.Accounts[index];
        added.Usdc = (Int128)account.Usdc;
        added.IsCreated = true;
        foreach (var held in account.Positions.Values)
        {
            added.Move(Index(held.Market), (long)held.Quantums, (Int128)held.FundingIndex);
        }

        foreach (var (market, fraction) in account.CustomInitialMarginPpm)
        {
            added.Choose(Index(market), fraction);
        }

        return index;
    }

    /// <summary>Puts in an account that can pay for anything, with a position; gives its index.</summary>
    public int AddRich(MarketId? market = null, long quantums = 0)
    {
        var index = Add(new Subaccount { Usdc = BigInteger.Pow(10, 27) });
        if (market is { } held && quantums != 0)
        {
            var funding = Ledger.Markets[Index(held)].FundingIndex;
            Ledger.Accounts[index].Move(Index(held), quantums, funding);
        }

        return index;
    }

    /// <summary>An account as the model has it.</summary>
    public Subaccount ModelOf(int index)
    {
        var account = Ledger.Accounts[index];
        var model = new Subaccount
        {
            Usdc = account.Usdc,
            CustomInitialMarginPpm = account.ChosenMargins.ToArray().ToImmutableSortedDictionary(
                each => _names[each.Market], each => each.Fraction),
        };
        foreach (var held in account.Positions)
        {
            model = model.With(new PerpetualPosition(
                _names[held.Market], held.Quantums, held.FundingIndex, BigInteger.Zero));
        }

        return model;
    }

    public Dictionary<MarketId, Perpetual> Perpetuals() =>
        Ledger.Markets.ToDictionary(market => market.Market.Id, market => market.ToPerpetual());

    /// <summary>Steps and ticks of one; the model has none.</summary>
    internal static Market RulesOf(Perpetual perpetual, int index, int exponent) => new()
    {
        Id = perpetual.Id,
        Index = index,
        BaseAsset = perpetual.Id.Value,
        AtomicResolution = perpetual.AtomicResolution,
        QuantumConversionExponent = exponent,
        StepBaseQuantums = 1,
        SubticksPerTick = 1,
        OracleExponent = perpetual.OracleExponent,
        InitialMarginPpm = perpetual.LiquidityTier.InitialMarginPpm,
        MaintenanceFractionPpm = perpetual.LiquidityTier.MaintenanceFractionPpm,
        OpenInterestLowerCap = perpetual.LiquidityTier.OpenInterestLowerCap,
        OpenInterestUpperCap = perpetual.LiquidityTier.OpenInterestUpperCap,
        ImpactNotional = perpetual.LiquidityTier.ImpactNotional,
        MarketType = perpetual.MarketType,
    };
}

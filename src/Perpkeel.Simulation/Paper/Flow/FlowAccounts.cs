using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Paper.Flow;

/// <summary>
/// The accounts of one market around us: all makers are one, all takers another, each with a subaccount of
/// this market alone.
/// </summary>
internal sealed class FlowAccounts
{
    // More than any market could ask of them; the greatest round number that an amount of the chain holds.
    private const long EachUsd = 9_000_000_000_000;

    /// <summary>Makes them and pays money in.</summary>
    public FlowAccounts(ChainLedger ledger, int market)
    {
        Makers = Fund(ledger, "makers", market);
        Takers = Fund(ledger, "takers", market);
        MakersIndex = ledger.Accounts.Find(Makers);
        TakersIndex = ledger.Accounts.Find(Takers);
    }

    /// <summary>The makers.</summary>
    public SubaccountKey Makers { get; }

    /// <summary>The takers.</summary>
    public SubaccountKey Takers { get; }

    /// <summary>Index of the makers' subaccount.</summary>
    public int MakersIndex { get; }

    /// <summary>Index of the takers' subaccount.</summary>
    public int TakersIndex { get; }

    /// <summary>Puts money into a subaccount of a new owner, before the first block.</summary>
    public static SubaccountKey Fund(
        ChainLedger ledger, string owner, int number, long quantums = EachUsd * QuoteQuantums.PerUsd)
    {
        var index = ledger.Accounts.OwnerOf(owner);
        var key = new SubaccountKey(index, number);
        ledger.Mint(index, quantums);
        var result = ledger.Money.Deposit(index, key, quantums);
        return result.IsOk ? key : throw new InvalidOperationException($"{owner} was not funded: {result}.");
    }

    /// <summary>
    /// The two close what they hold against each other at the oracle price, so that open interest does not
    /// grow for ever with what nobody follows.
    /// </summary>
    public void Settle(VenueState state, int market)
    {
        var taken = state.Ledger.Accounts[TakersIndex].QuantumsIn(market);
        var made = state.Ledger.Accounts[MakersIndex].QuantumsIn(market);
        var rules = state.Markets[market].Market;
        var oracle = OracleSubticks.Of(rules, state.Ledger.Markets[market].OraclePrice).Floor(0);
        var subticks = (long)(oracle / rules.SubticksPerTick) * rules.SubticksPerTick;
        if (Math.Sign(taken) * Math.Sign(made) >= 0 || subticks == 0) return;
        _ = state.Ledger.TryMatch(new MatchRequest
        {
            Taker = TakersIndex,
            Maker = MakersIndex,
            Market = market,
            Side = taken > 0 ? Side.Sell : Side.Buy,
            Subticks = subticks,
            Quantums = Math.Min(Math.Abs(taken), Math.Abs(made)),
        });
    }
}

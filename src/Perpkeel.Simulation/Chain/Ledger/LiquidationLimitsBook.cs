namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>What one block has liquidated of each subaccount, against the limits of a block.</summary>
/// <remarks>Source: dYdX v4-chain, clob keeper, subaccount liquidation info.</remarks>
internal sealed class LiquidationLimitsBook(LiquidationParameters parameters)
{
    private readonly Dictionary<int, Taken> _taken = [];

    /// <summary>Worth that may still be liquidated of an account in this block.</summary>
    public Int128 NotionalLeft(int account) => parameters.MostNotionalPerBlock.Value - Of(account).Notional;

    /// <summary>Whether a position was offered in this block already.</summary>
    public bool WasLiquidated(int account, int market) => Of(account).Markets?.Contains(market) == true;

    /// <summary>A block begins.</summary>
    internal void Begin() => _taken.Clear();

    /// <summary>A position has been offered: not again in this block.</summary>
    internal void Mark(int account, int market)
    {
        var taken = Of(account);
        var markets = taken.Markets ?? [];
        markets.Add(market);
        _taken[account] = taken with { Markets = markets };
    }

    /// <summary>Which limit a fill would break; none when it breaks none.</summary>
    internal MatchEnd Check(int account, int market, Int128 notional, Int128 insurance)
    {
        if (WasLiquidated(account, market)) return MatchEnd.AlreadyLiquidated;
        if (notional > NotionalLeft(account)) return MatchEnd.NotionalLimit;
        var lost = Of(account).InsuranceLost - insurance;
        return insurance < 0 && lost > parameters.MostInsuranceLostPerBlock.Value
            ? MatchEnd.InsuranceLossLimit
            : MatchEnd.None;
    }

    /// <summary>Counts a fill.</summary>
    internal void Record(int account, Int128 notional, Int128 insurance)
    {
        var taken = Of(account);
        _taken[account] = taken with
        {
            Notional = taken.Notional + notional,
            InsuranceLost = taken.InsuranceLost + (insurance < 0 ? -insurance : 0),
        };
    }

    private Taken Of(int account) => _taken.GetValueOrDefault(account);

    private readonly record struct Taken(Int128 Notional, Int128 InsuranceLost, List<int>? Markets);
}

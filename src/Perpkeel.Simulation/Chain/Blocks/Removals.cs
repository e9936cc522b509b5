using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Simulation.Chain.Book;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>Turns the ledger's no into a verdict for the book, and the book's into a reason.</summary>
internal static class Removals
{
    /// <summary>Why an order ended that the book removed or stopped.</summary>
    public static RemovalReason ReasonOf(MatchRefusal refusal) => refusal switch
    {
        MatchRefusal.SelfTrade => RemovalReason.InvalidSelfTrade,
        MatchRefusal.Undercollateralized => RemovalReason.Undercollateralized,
        MatchRefusal.ReduceOnly => RemovalReason.ReduceOnlyResize,
        MatchRefusal.ViolatesIsolation => RemovalReason.ViolatesIsolatedSubaccountConstraints,
        MatchRefusal.PermissionedKeyExpired => RemovalReason.PermissionedKeyExpired,
        MatchRefusal.Impossible => RemovalReason.InternalError,
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "No order ends so."),
    };

    /// <summary>What the book shall do where the ledger did not fill.</summary>
    public static MatchVerdict VerdictOf(in MatchOutcome outcome) => outcome.End switch
    {
        MatchEnd.Refused => VerdictOf(outcome.Taker, outcome.Maker, 0),
        MatchEnd.NotionalLimit or MatchEnd.AlreadyLiquidated =>
            MatchVerdict.StopTaker(MatchRefusal.LiquidationNotionalLimit),
        MatchEnd.InsuranceLossLimit => MatchVerdict.StopTaker(MatchRefusal.LiquidationInsuranceLimit),
        MatchEnd.InsuranceFundShort => MatchVerdict.StopTaker(MatchRefusal.NeedsDeleveraging),
        _ => MatchVerdict.StopTaker(MatchRefusal.Impossible),
    };

    /// <summary>The same for two answers; a fill where both sides may.</summary>
    public static MatchVerdict VerdictOf(UpdateResult taker, UpdateResult maker, long quantums)
    {
        if (taker == UpdateResult.None) return MatchVerdict.StopTaker(MatchRefusal.Impossible);
        var (one, two) = (RefusalOf(taker), RefusalOf(maker));
        if (one == MatchRefusal.None && two == MatchRefusal.None) return MatchVerdict.Fill(quantums);
        if (two == MatchRefusal.None) return MatchVerdict.StopTaker(one);
        var verdict = MatchVerdict.RemoveMaker(two);
        return one == MatchRefusal.None ? verdict : verdict.AndStopTaker(one);
    }

    private static MatchRefusal RefusalOf(UpdateResult result) => result switch
    {
        UpdateResult.Success => MatchRefusal.None,
        UpdateResult.ViolatesIsolatedSubaccountConstraints => MatchRefusal.ViolatesIsolation,
        _ => MatchRefusal.Undercollateralized,
    };
}

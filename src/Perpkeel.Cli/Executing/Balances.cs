using System.Globalization;
using Perpkeel.Cli.Accounts;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Risk;

namespace Perpkeel.Cli.Executing;

/// <summary>Balance and leverage as an account's own facts have them.</summary>
internal static class Balances
{
    private const string Shown = "0.####";

    /// <summary>The balance.</summary>
    public static BalanceAnswer Of(AccountView view)
    {
        var facts = FactsOf(view);
        return new BalanceAnswer
        {
            Head = view.Head,
            Equity = Words.Exact(facts.Equity),
            Available = Words.Exact(facts.Available),
        };
    }

    /// <summary>The leverage by the account's own facts: exposure of positions over equity.</summary>
    public static LeverageAnswer LeverageOf(AccountView view)
    {
        var facts = FactsOf(view);
        var used = facts.Equity.Value > 0m ? facts.GrossExposure.Value / facts.Equity.Value : 0m;
        var max = view.Limits.LeverageCap.Value;
        return new LeverageAnswer
        {
            Head = view.Head,
            Max = Text(max),
            Used = Text(used),
            Available = Text(max - used),
        };
    }

    /// <summary>The leverage as the venue confirms it.</summary>
    public static LeverageAnswer Of(AnswerHead head, LeverageInfo leverage)
    {
        var hasPositions = leverage.MaintenanceMarginRatio > 0m;
        return new LeverageAnswer
        {
            Head = head,
            Max = Text(leverage.Max.Value),
            Used = Text(leverage.Current.Value),
            Available = Text(leverage.Available),
            MarginRatio = hasPositions ? Text(leverage.MarginRatio) : null,
            MaintenanceMarginRatio = hasPositions ? Text(leverage.MaintenanceMarginRatio) : null,
            Health = Words.Kebab(leverage.Health.ToString()),
            VenueAsOf = leverage.AsOf,
        };
    }

    private static AccountFacts FactsOf(AccountView view) =>
        AccountMath.Facts(view.State, view.Markets, view.Limits, default, view.Mark, 0, view.Now);

    private static string Text(decimal value) => value.ToString(Shown, CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Previews;

/// <summary>What came of a change.</summary>
/// <param name="After">The account after it.</param>
/// <param name="Markets">The markets after it.</param>
internal sealed record SubaccountStep(
    SubaccountMargin After, ImmutableSortedDictionary<MarketId, Perpetual> Markets)
{
    public ImmutableArray<SubaccountConstraint> Constraints { get; init; } = [];

    public SubaccountRefusal? Refusal { get; init; }

    /// <summary>Refused by a rule that has no numbers.</summary>
    public SubaccountStep Refused(SubaccountRule rule, SubaccountRefusal refusal) => this with
    {
        Refusal = refusal,
        Constraints = Constraints.Add(
            new SubaccountConstraint(rule, 0, 0, IsSatisfied: false, IsRefusal: true)),
    };

    /// <summary>Initial and maintenance margin as they stand; neither refuses anything.</summary>
    public SubaccountStep Standing() => this with
    {
        Constraints = [.. Constraints, Initial(isRefusal: false), Maintenance()],
    };

    /// <summary>The rule of transitions: initial margin is covered, or else the risk does not rise.</summary>
    public SubaccountStep Transition(SubaccountRisk from, bool isAllowed, SubaccountRefusal? refusal)
    {
        var isNewly = from.IsInitialCollateralized;
        var constraints = Constraints.Add(Initial(isRefusal: !isAllowed && isNewly));
        if (!After.Risk.IsInitialCollateralized && !isNewly)
        {
            var (needed, there) = RiskRoom(from, After.Risk);
            constraints = constraints.Add(new SubaccountConstraint(
                SubaccountRule.RiskMustNotRise, needed, there, isAllowed, IsRefusal: !isAllowed));
        }

        return this with { Refusal = refusal, Constraints = constraints.Add(Maintenance()) };
    }

    /// <summary>
    /// What is needed and what there is for the risk not to rise: a maintenance margin no larger than before,
    /// and then collateral in proportion to it; of the two what is tighter. Without maintenance before and
    /// after, collateral has to grow; where only the maintenance after is gone, collateral has to cover the
    /// initial margin.
    /// </summary>
    private static (BigInteger Needed, BigInteger There) RiskRoom(SubaccountRisk from, SubaccountRisk to)
    {
        var margin = (Needed: to.Maintenance, There: from.Maintenance);
        if (to.Maintenance > from.Maintenance) return margin;
        if (from.Maintenance.IsZero) return (from.NetCollateral + 1, to.NetCollateral);
        if (to.Maintenance.IsZero) return (to.Initial, to.NetCollateral);
        var needed = Rounding.CeilingDivide(from.NetCollateral * to.Maintenance, from.Maintenance);
        return to.NetCollateral - needed < margin.There - margin.Needed
            ? (needed, to.NetCollateral)
            : margin;
    }

    private SubaccountConstraint Initial(bool isRefusal) => new(
        SubaccountRule.InitialMargin, After.Risk.Initial, After.Risk.NetCollateral,
        After.Risk.IsInitialCollateralized, isRefusal);

    private SubaccountConstraint Maintenance() => new(
        SubaccountRule.MaintenanceMargin, After.Risk.Maintenance, After.Risk.NetCollateral,
        !After.Risk.IsLiquidatable, IsRefusal: false);
}

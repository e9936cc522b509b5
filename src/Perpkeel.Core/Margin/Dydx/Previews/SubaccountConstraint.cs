using System.Numerics;

namespace Perpkeel.Core.Margin.Dydx.Previews;

/// <summary>A rule of the chain that a change is held against.</summary>
public enum SubaccountRule
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>Net collateral covers the initial margin after the change.</summary>
    InitialMargin,

    /// <summary>
    /// Where it does not, maintenance does not grow and the ratio of collateral to it does not fall. Its
    /// numbers are those of the two maintenance margins, or where the collateral leaves less room, what of it
    /// that ratio needs and what there is.
    /// </summary>
    RiskMustNotRise,

    /// <summary>Net collateral covers the maintenance margin: else the chain may liquidate.</summary>
    MaintenanceMargin,

    /// <summary>A chosen fraction is at least the market's own.</summary>
    LeastFraction,

    /// <summary>An isolated position stands alone.</summary>
    Isolation,

    /// <summary>Nothing leaves while the chain holds withdrawals back.</summary>
    WithdrawalsOpen,
}

/// <summary>One rule, and how much room there is to it, in quote quantums; fractions in ppm.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Value">What is needed.</param>
/// <param name="Limit">What there is for it.</param>
/// <param name="IsSatisfied">Whether the rule holds.</param>
/// <param name="IsRefusal">Whether the change is refused because it does not hold.</param>
public sealed record SubaccountConstraint(
    SubaccountRule Rule, BigInteger Value, BigInteger Limit, bool IsSatisfied, bool IsRefusal)
{
    /// <summary>The change that it belongs to, from 1 in the order of the list.</summary>
    public int Change { get; init; }

    /// <summary>Room that is left; negative where there is less than is needed.</summary>
    public BigInteger Headroom => Limit - Value;
}

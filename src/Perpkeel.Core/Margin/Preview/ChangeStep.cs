using System.Collections.Immutable;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>What a change makes of the books, before the margin after it is known.</summary>
/// <param name="Account">The account after it.</param>
/// <param name="Book">The tiers after it.</param>
/// <param name="IsNewRisk">Whether it adds risk: then it is refused if it ends in liquidation.</param>
internal sealed record ChangeStep(TieredAccount Account, TierBook Book, bool IsNewRisk = false)
{
    public ImmutableArray<MarginConstraint> Constraints { get; init; } = [];

    public ImmutableArray<ChangeRefusal> Refusals { get; init; } = [];

    /// <summary>The same with a limit; with its refusal when it does not hold.</summary>
    public ChangeStep Held(MarginConstraint constraint, Func<ChangeRefusal> refusal) => this with
    {
        Constraints = Constraints.Add(constraint),
        Refusals = constraint.IsSatisfied ? Refusals : Refusals.Add(refusal()),
    };

    /// <summary>Nothing happens, for this reason.</summary>
    public static ChangeStep Refused(TieredAccount account, TierBook book, ChangeRefusal refusal) =>
        new(account, book) { Refusals = [refusal] };
}

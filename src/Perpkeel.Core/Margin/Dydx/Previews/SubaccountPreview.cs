using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Previews;

/// <summary>A subaccount before and after some changes, and the rules of the chain in their way.</summary>
public sealed record SubaccountPreview
{
    private SubaccountPreview()
    {
    }

    /// <summary>The account before the first change, funding settled.</summary>
    public required SubaccountMargin Before { get; init; }

    /// <summary>
    /// The account after the last, as if every change went through; see <see cref="Refusals"/>.
    /// </summary>
    public required SubaccountMargin After { get; init; }

    /// <summary>The markets after the last change.</summary>
    public required ImmutableSortedDictionary<MarketId, Perpetual> Markets { get; init; }

    /// <summary>Every rule that a change was held against, in the order of the changes.</summary>
    public required ImmutableArray<SubaccountConstraint> Constraints { get; init; }

    /// <summary>Every change that the chain would refuse, from 1 in the order of the list, and why.</summary>
    public required ImmutableArray<(int Change, SubaccountRefusal Refusal)> Refusals { get; init; }

    /// <summary>Whether the chain would let all changes happen.</summary>
    public bool IsAllowed => Refusals.IsEmpty;

    /// <summary>After less before, of collateral and of both requirements.</summary>
    public SubaccountRisk Delta => new(
        After.Risk.NetCollateral - Before.Risk.NetCollateral, After.Risk.Initial - Before.Risk.Initial,
        After.Risk.Maintenance - Before.Risk.Maintenance);

    /// <summary>
    /// The rule that binds: the first that refuses a change, else the first that does not hold, else the one
    /// with the least room in quote quantums; null when the changes are held against none.
    /// </summary>
    public SubaccountConstraint? Tightest =>
        Constraints.FirstOrDefault(constraint => constraint.IsRefusal)
        ?? Constraints.FirstOrDefault(constraint => !constraint.IsSatisfied)
        ?? Constraints.Where(constraint => constraint.Rule != SubaccountRule.LeastFraction)
            .MinBy(constraint => constraint.Headroom);

    /// <summary>Reckons an account, the changes one after the other, and the account after them.</summary>
    /// <param name="account">The account; funding may be unsettled.</param>
    /// <param name="perpetuals">The markets.</param>
    /// <param name="changes">The changes; none gives the account twice.</param>
    public static Result<SubaccountPreview, SubaccountPreviewFault> Apply(
        Subaccount account, IReadOnlyDictionary<MarketId, Perpetual> perpetuals,
        IReadOnlyList<SubaccountChange> changes)
    {
        if (!SubaccountMargin.Of(account, perpetuals).TryGet(out var before, out var error))
        {
            return new SubaccountPreviewFault(0, error);
        }

        var constraints = ImmutableArray.CreateBuilder<SubaccountConstraint>();
        var refusals = ImmutableArray.CreateBuilder<(int Change, SubaccountRefusal Refusal)>();
        var (now, markets) = (before, perpetuals.ToImmutableSortedDictionary());
        for (var i = 0; i < changes.Count; i++)
        {
            if (!SubaccountLedger.Apply(now, markets, changes[i]).TryGet(out var step, out error))
            {
                return new SubaccountPreviewFault(i + 1, error);
            }

            var number = i + 1;
            constraints.AddRange(step.Constraints.Select(constraint => constraint with { Change = number }));
            if (step.Refusal is { } refusal) refusals.Add((number, refusal));
            (now, markets) = (step.After, step.Markets);
        }

        return new SubaccountPreview
        {
            Before = before,
            After = now,
            Markets = markets,
            Constraints = constraints.ToImmutable(),
            Refusals = refusals.ToImmutable(),
        };
    }
}

/// <summary>Why there is no preview.</summary>
/// <param name="Change">The change that cannot be reckoned, from 1; 0 for the account itself.</param>
/// <param name="Error">What is wrong.</param>
public sealed record SubaccountPreviewFault(int Change, ChainError Error);

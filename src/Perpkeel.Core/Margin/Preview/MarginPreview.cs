using System.Collections.Immutable;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>An account before and after some changes, and what stands in their way.</summary>
public sealed record MarginPreview
{
    private MarginPreview()
    {
    }

    /// <summary>The changes, in the order in which they happen.</summary>
    public required ImmutableArray<AccountChange> Changes { get; init; }

    /// <summary>The account before the first.</summary>
    public required AccountMargin Before { get; init; }

    /// <summary>
    /// The account after the last, as if every change went through; see <see cref="Refusals"/>.
    /// </summary>
    public required AccountMargin After { get; init; }

    /// <summary>The tiers after the last change.</summary>
    public required TierBook Book { get; init; }

    /// <summary>Every limit that a change was held against, in the order of the changes.</summary>
    public required ImmutableArray<MarginConstraint> Constraints { get; init; }

    /// <summary>Every reason why a venue would refuse a change; empty when all are allowed.</summary>
    public required ImmutableArray<PreviewRefusal> Refusals { get; init; }

    /// <summary>Whether a venue would let all changes happen.</summary>
    public bool IsAllowed => Refusals.IsEmpty;

    /// <summary>What the changes do, position by position and in all.</summary>
    public MarginDelta Delta => MarginDelta.Of(Before, After);

    /// <summary>
    /// The limit that binds: the first that refuses a change, else the first that liquidates, else the one
    /// that is used most. Null when the changes are held against nothing.
    /// </summary>
    /// <remarks>
    /// A tier's leverage that is not exceeded is left out: the same rule is there with its notional, and that
    /// tells how much room there is.
    /// </remarks>
    public MarginConstraint? Tightest =>
        Constraints.FirstOrDefault(constraint => constraint is { IsSatisfied: false, IsRefusal: true })
        ?? Constraints.FirstOrDefault(constraint => !constraint.IsSatisfied)
        ?? Constraints.Where(constraint => constraint.Kind != ConstraintKind.TierLeverage)
            .MaxBy(constraint => constraint.Used ?? decimal.MaxValue)
        ?? Constraints.FirstOrDefault();

    /// <summary>The first change after which some wallet is liquidated; null when there is none.</summary>
    public MarginConstraint? FirstLiquidation => Constraints.FirstOrDefault(
        constraint => constraint is { Kind: ConstraintKind.Maintenance, IsSatisfied: false });

    /// <summary>Reckons an account, the changes one after the other, and the account after them.</summary>
    /// <param name="account">The account.</param>
    /// <param name="book">The tiers.</param>
    /// <param name="changes">The changes; none gives the account twice.</param>
    public static Result<MarginPreview, PreviewFault> Apply(
        TieredAccount account, TierBook book, IReadOnlyList<AccountChange> changes)
    {
        if (!AccountEvaluation.Of(account, book).TryGet(out var before, out var fault))
        {
            return new PreviewFault(0, fault);
        }

        var constraints = ImmutableArray.CreateBuilder<MarginConstraint>();
        var refusals = ImmutableArray.CreateBuilder<PreviewRefusal>();
        var (now, tiers) = (before, book);
        for (var i = 0; i < changes.Count; i++)
        {
            if (!AccountLedger.Apply(now, tiers, changes[i]).TryGet(out var outcome, out fault))
            {
                return new PreviewFault(i + 1, fault);
            }

            var number = i + 1;
            constraints.AddRange(
                outcome.Constraints.Select(constraint => constraint with { Change = number }));
            refusals.AddRange(outcome.Refusals.Select(refusal => new PreviewRefusal(number, refusal)));
            (now, tiers) = (outcome.After, outcome.Book);
        }

        return new MarginPreview
        {
            Changes = [.. changes],
            Before = before,
            After = now,
            Book = tiers,
            Constraints = constraints.ToImmutable(),
            Refusals = refusals.ToImmutable(),
        };
    }
}

/// <summary>A change that a venue would refuse.</summary>
/// <param name="Change">Which, from 1 in the order of the list.</param>
/// <param name="Refusal">Why, with the mend.</param>
public sealed record PreviewRefusal(int Change, ChangeRefusal Refusal);

/// <summary>Why there is no preview.</summary>
/// <param name="Change">The change that cannot be reckoned, from 1; 0 for the account itself.</param>
/// <param name="Fault">What is wrong, with the mend.</param>
public sealed record PreviewFault(int Change, AccountFault Fault);

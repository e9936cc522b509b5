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
    /// <summary>
    /// The only wallet that may be liquidated by it, named as in <see cref="MarginConstraint.Of"/>; null when
    /// all that it touches may.
    /// </summary>
    public string? Giver { get; init; }

    public ImmutableArray<MarginConstraint> Constraints { get; init; } = [];

    public ImmutableArray<ChangeRefusal> Refusals { get; init; } = [];

    /// <summary>The same with a limit; with its refusal when it does not hold.</summary>
    public ChangeStep Held(MarginConstraint constraint, Func<ChangeRefusal> refusal) => this with
    {
        Constraints = Constraints.Add(constraint),
        Refusals = constraint.IsSatisfied ? Refusals : Refusals.Add(refusal()),
    };

    /// <summary>Whether liquidation of a wallet refuses it: never that of one which only receives.</summary>
    public bool IsRefusedBy(string wallet) =>
        IsNewRisk && (Giver is null || string.Equals(Giver, wallet, StringComparison.Ordinal));

    /// <summary>Nothing happens, for this reason.</summary>
    public static ChangeStep Refused(TieredAccount account, TierBook book, ChangeRefusal refusal) =>
        new(account, book) { Refusals = [refusal] };
}

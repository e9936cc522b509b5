using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Tests.Margin.Tiered;

namespace Perpkeel.Core.Tests.Margin.Tiers;

/// <summary>One mistake put into a valid table, and what must be found.</summary>
/// <param name="Drafts">The table with the mistake.</param>
/// <param name="Code">The finding.</param>
/// <param name="Tier">Its tier.</param>
internal sealed record TierMutation(TierDraft[] Drafts, string Code, int Tier)
{
    /// <summary>A kind of mistake: takes a valid table without amounts, and chance.</summary>
    public static IReadOnlyList<Func<TierDraft[], Draws, TierMutation>> Kinds { get; } =
    [
        (_, _) => new([], "tier-empty", 0),
        (drafts, draws) => Inner(drafts, draws, "tier-duplicate", (draft, before) =>
            draft with { Floor = before.Floor }),
        (drafts, draws) => At(drafts, 0, "tier-first-floor", draft =>
            draft with { Floor = draws.Coin() ? draft.Cap / 2m : -1m }),
        (drafts, _) => At(WithAmounts(drafts), 0, "tier-first-amount", draft =>
            draft with { Amount = 0.01m }),
        (drafts, draws) => At(drafts, drafts.Length - 1, "tier-no-width", draft =>
            draft with { Cap = draft.Floor - (draws.Coin() ? 0m : 1m) }),
        (drafts, draws) => Ends(drafts, draws, "tier-gap", (draft, by) =>
            draft with { Cap = draft.Cap - by }),
        (drafts, draws) => Ends(drafts, draws, "tier-overlap", (draft, by) =>
            draft with { Cap = draft.Cap + by }),
        (drafts, draws) => At(drafts, drafts.Length - 1, "tier-rate-range", draft =>
            draft with { Rate = draws.Of([1m, 1.5m, 50m, 250m]) }),
        (drafts, draws) => At(drafts, 0, "tier-rate-range", draft =>
            draft with { Rate = draws.Of([0m, -0.01m]) }),
        (drafts, draws) => Inner(drafts, draws, "tier-rate-not-rising", (draft, before) =>
            draft with { Rate = before.Rate }),
        (drafts, draws) => At(drafts, drafts.Length - 1, "tier-leverage-range", draft =>
            draft with { MaxLeverage = draws.Of([0m, 0.99m, -5m]) }),
        (drafts, draws) => Inner(drafts, draws, "tier-leverage-not-falling", (draft, before) =>
            draft with { MaxLeverage = before.MaxLeverage }),
        (drafts, draws) => Inner(WithAmounts(drafts), draws, "tier-wrong-amount", (draft, _) =>
            draft with { Amount = draft.Amount + draws.Of([-0.01m, 0.000001m, 1m]) }),
        Endless,
    ];

    /// <summary>The same tiers with the amounts that are derived for them.</summary>
    public static TierDraft[] WithAmounts(TierDraft[] drafts)
    {
        var table = TierTable.Create("valid", drafts).Value();
        return [.. drafts.Select((draft, i) => draft with { Amount = table.Tiers[i].Amount })];
    }

    public static TierDraft[] Replaced(TierDraft[] drafts, int index, TierDraft draft)
    {
        TierDraft[] replaced = [.. drafts];
        replaced[index] = draft;
        return replaced;
    }

    private static TierMutation At(
        TierDraft[] drafts, int index, string code, Func<TierDraft, TierDraft> change) =>
        new(Replaced(drafts, index, change(drafts[index])), code, index + 1);

    /// <summary>Changes a tier that is not the first.</summary>
    private static TierMutation Inner(
        TierDraft[] drafts, Draws draws, string code, Func<TierDraft, TierDraft, TierDraft> change)
    {
        var index = draws.Between(1, drafts.Length - 1);
        return At(drafts, index, code, draft => change(draft, drafts[index - 1]));
    }

    /// <summary>Moves a cap without the floor after it; the tier after is the one that is told of.</summary>
    private static TierMutation Ends(
        TierDraft[] drafts, Draws draws, string code, Func<TierDraft, decimal, TierDraft> change)
    {
        var index = draws.Below(drafts.Length - 1);
        var by = (drafts[index].Cap - drafts[index].Floor) / draws.Between(2, 9);
        var moved = change(drafts[index], by);
        return new(Replaced(drafts, index, moved), code, index + 2);
    }

    /// <summary>A floor and a rate whose product ends far behind the last place of a decimal.</summary>
    private static TierMutation Endless(TierDraft[] drafts, Draws draws)
    {
        const decimal little = 0.000000000000001m;
        var index = draws.Between(1, drafts.Length - 1);
        var (before, draft) = (drafts[index - 1], drafts[index]);
        var moved = Replaced(drafts, index - 1, before with { Cap = before.Cap + little });
        return At(moved, index, "tier-too-many-digits", _ => draft with
        {
            Floor = draft.Floor + little,
            Rate = draft.Rate + (little * 0.00001m),
        });
    }
}

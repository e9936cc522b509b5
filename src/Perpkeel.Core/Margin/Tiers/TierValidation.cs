using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiers;

/// <summary>
/// The rules of a table of tiers. A table that keeps them has a margin without steps that is the largest of
/// its lines, and every position in it has at most one liquidation price.
/// </summary>
/// <remarks>
/// Proofs in <c>docs/math/margin.md</c>. The rule for amounts is the exchange's own: the amount of the tier
/// before + floor x (rate - rate of the tier before). A tier between two others may end where it begins: the
/// exchange has sent such tables, no notional belongs to it, and the margin is the same without it.
/// </remarks>
internal static class TierValidation
{
    /// <summary>
    /// Everything that is wrong with tiers sorted by floor, and their maintenance amounts as the rule derives
    /// them from floors and rates.
    /// </summary>
    public static (IReadOnlyList<TierFinding> Findings, decimal[] Amounts) Check(
        IReadOnlyList<TierDraft> sorted)
    {
        var findings = new List<TierFinding>();
        var amounts = new decimal[sorted.Count];
        if (sorted.Count == 0)
        {
            findings.Add(new TierFinding(
                TierFault.Empty, 0, "The table has no tier.", "Write at least one, with floor 0.", null));
        }

        decimal? amount = 0m;
        for (var i = 0; i < sorted.Count; i++)
        {
            CheckAlone(sorted[i], i + 1, sorted.Count, findings);
            if (i == 0) CheckFirst(sorted[0], findings);
            else amount = CheckBeside(sorted[i - 1], sorted[i], i + 1, amount, findings);
            amounts[i] = amount ?? 0m;
        }

        return (findings, amounts);
    }

    private static void CheckAlone(TierDraft tier, int number, int count, List<TierFinding> findings)
    {
        var mayBeEmpty = number > 1 && number < count;
        if (tier.Cap < tier.Floor || (tier.Cap == tier.Floor && !mayBeEmpty))
        {
            findings.Add(new TierFinding(
                TierFault.NoWidth, number,
                $"Its cap {Text(tier.Cap)} is not above its floor {Text(tier.Floor)}.",
                "Give it a cap above its floor, or take it out.", tier.Place));
        }

        if (tier.Rate is <= 0m or >= 1m)
        {
            var mend = tier.Rate is >= 1m and < 100m
                ? $"Write a fraction: {Text(tier.Rate / 100m)} if {Text(tier.Rate)} % is meant."
                : "Write a fraction between 0 and 1, e.g. 0.004 for 0.4 %.";
            findings.Add(new TierFinding(
                TierFault.RateRange, number, $"Its rate {Text(tier.Rate)} is not between 0 and 1.", mend,
                tier.Place));
        }

        if (tier.MaxLeverage < 1m)
        {
            findings.Add(new TierFinding(
                TierFault.LeverageRange, number, $"Its leverage {Text(tier.MaxLeverage)} is below 1.",
                "Write the greatest leverage of the tier, 1 or more.", tier.Place));
        }
    }

    private static void CheckFirst(TierDraft tier, List<TierFinding> findings)
    {
        if (tier.Floor != 0m)
        {
            findings.Add(new TierFinding(
                TierFault.FirstFloor, 1, $"The first tier begins at {Text(tier.Floor)}.",
                "Let it begin at 0: every notional needs a tier.", tier.Place));
        }

        if (tier.Amount is { } amount && amount != 0m)
        {
            findings.Add(new TierFinding(
                TierFault.FirstAmount, 1, $"The first tier's maintenance amount is {Text(amount)}.",
                "Write 0, or leave it out.", tier.Place));
        }
    }

    /// <summary>The tier's amount; null where it cannot be derived.</summary>
    private static decimal? CheckBeside(
        TierDraft before, TierDraft tier, int number, decimal? amountBefore, List<TierFinding> findings)
    {
        if (tier.Floor == before.Floor && before.Cap > before.Floor)
        {
            // Which of the two is meant decides about everything else.
            findings.Add(new TierFinding(
                TierFault.Duplicate, number, $"Two tiers begin at {Text(tier.Floor)}.", "Keep one of them.",
                tier.Place));
            return null;
        }

        CheckBoundary(before, tier, number, findings);
        if (tier.Rate <= before.Rate)
        {
            findings.Add(new TierFinding(
                TierFault.RateNotRising, number,
                $"Its rate {Text(tier.Rate)} is not above {Text(before.Rate)}, the rate of the tier before.",
                "Write rates that rise from tier to tier.", tier.Place));
        }

        if (tier.MaxLeverage >= before.MaxLeverage)
        {
            findings.Add(new TierFinding(
                TierFault.LeverageNotFalling, number,
                $"Its leverage {Text(tier.MaxLeverage)} is not below {Text(before.MaxLeverage)}, the "
                + "leverage of the tier before.",
                "Write leverages that fall from tier to tier.", tier.Place));
        }

        return amountBefore is { } known ? CheckAmount(before, tier, number, known, findings) : null;
    }

    private static decimal? CheckAmount(
        TierDraft before, TierDraft tier, int number, decimal amountBefore, List<TierFinding> findings)
    {
        if (!TryDeriveAmount(before, tier, amountBefore, out var amount))
        {
            findings.Add(new TierFinding(
                TierFault.TooManyDigits, number,
                "Floor and rate have more digits together than can be reckoned with to the last one.",
                "Write the floor and the rate with fewer digits.", tier.Place));
            return null;
        }

        if (tier.Amount is { } given && given != amount)
        {
            findings.Add(new TierFinding(
                TierFault.WrongAmount, number,
                $"Its maintenance amount is {Text(given)} instead of {Text(amount)}: the margin makes a step "
                + $"at {Text(tier.Floor)}.",
                $"Write {Text(amount)} (= {Text(amountBefore)} + {Text(tier.Floor)} x ({Text(tier.Rate)} - "
                + $"{Text(before.Rate)})), or leave it out; or mend the rate or the floor if one of them is "
                + "wrong.",
                tier.Place));
        }

        return amount;
    }

    private static void CheckBoundary(
        TierDraft before, TierDraft tier, int number, List<TierFinding> findings)
    {
        if (tier.Floor > before.Cap)
        {
            findings.Add(new TierFinding(
                TierFault.Gap, number,
                $"Notionals from {Text(before.Cap)} to {Text(tier.Floor)} belong to no tier.",
                $"Let tier {number} begin at {Text(before.Cap)}, or tier {number - 1} end at "
                + $"{Text(tier.Floor)}.",
                tier.Place));
        }
        else if (tier.Floor < before.Cap)
        {
            findings.Add(new TierFinding(
                TierFault.Overlap, number,
                $"Notionals from {Text(tier.Floor)} to {Text(before.Cap)} belong to two tiers.",
                $"Let tier {number} begin at {Text(before.Cap)}, or tier {number - 1} end at "
                + $"{Text(tier.Floor)}.",
                tier.Place));
        }
    }

    /// <summary>Amount before + floor x (rate - rate before), when decimals hold it exactly.</summary>
    private static bool TryDeriveAmount(
        TierDraft before, TierDraft tier, decimal amountBefore, out decimal amount)
    {
        var isExact = true;
        try
        {
            var step = Exact.Subtract(tier.Rate, before.Rate, ref isExact);
            amount = Exact.Add(amountBefore, Exact.Multiply(tier.Floor, step, ref isExact), ref isExact);

            // What liquidation prices are looked up by has to be exact as well.
            var margin = Exact.Multiply(tier.Floor, tier.Rate, ref isExact);
            margin = Exact.Subtract(margin, amount, ref isExact);
            Exact.Add(tier.Floor, margin, ref isExact);
            Exact.Subtract(tier.Floor, margin, ref isExact);
        }
        catch (OverflowException)
        {
            amount = 0m;
            return false;
        }

        return isExact;
    }

    private static string Text(decimal value) => Decimals.Text(value);
}

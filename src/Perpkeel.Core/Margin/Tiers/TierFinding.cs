namespace Perpkeel.Core.Margin.Tiers;

/// <summary>What can be wrong with a table of tiers.</summary>
public enum TierFault
{
    /// <summary>Nothing was checked.</summary>
    None = 0,

    /// <summary>There is no tier at all.</summary>
    Empty,

    /// <summary>Two tiers begin at the same notional.</summary>
    Duplicate,

    /// <summary>The first tier does not begin at zero.</summary>
    FirstFloor,

    /// <summary>The first tier's maintenance amount is not zero.</summary>
    FirstAmount,

    /// <summary>A tier ends before it begins; or the first or the last one ends where it begins.</summary>
    NoWidth,

    /// <summary>Notionals between two tiers belong to none.</summary>
    Gap,

    /// <summary>Notionals belong to two tiers.</summary>
    Overlap,

    /// <summary>A rate is not between 0 and 1.</summary>
    RateRange,

    /// <summary>A rate is not above the one before.</summary>
    RateNotRising,

    /// <summary>A leverage is below 1.</summary>
    LeverageRange,

    /// <summary>A leverage is not below the one before.</summary>
    LeverageNotFalling,

    /// <summary>A maintenance amount makes a step in the margin at its floor.</summary>
    WrongAmount,

    /// <summary>A number has more digits than can be reckoned with to the last one.</summary>
    TooManyDigits,
}

/// <summary>One thing wrong with a table, and what to do about it.</summary>
/// <param name="Fault">What kind.</param>
/// <param name="Tier">The tier's place in the table sorted by floor, from 1; 0 for the whole table.</param>
/// <param name="What">What is wrong, with the numbers.</param>
/// <param name="Mend">What to do.</param>
/// <param name="Place">Where the tier was read; null when that is not known.</param>
public sealed record TierFinding(TierFault Fault, int Tier, string What, string Mend, string? Place)
{
    /// <summary>A stable name for scripts, e.g. <c>tier-gap</c>.</summary>
    public string Code => Fault switch
    {
        TierFault.Empty => "tier-empty",
        TierFault.Duplicate => "tier-duplicate",
        TierFault.FirstFloor => "tier-first-floor",
        TierFault.FirstAmount => "tier-first-amount",
        TierFault.NoWidth => "tier-no-width",
        TierFault.Gap => "tier-gap",
        TierFault.Overlap => "tier-overlap",
        TierFault.RateRange => "tier-rate-range",
        TierFault.RateNotRising => "tier-rate-not-rising",
        TierFault.LeverageRange => "tier-leverage-range",
        TierFault.LeverageNotFalling => "tier-leverage-not-falling",
        TierFault.WrongAmount => "tier-wrong-amount",
        TierFault.TooManyDigits => "tier-too-many-digits",
        _ => "tier-unknown",
    };
}

/// <summary>A table that was refused: everything that is wrong with it, in the order of its tiers.</summary>
/// <param name="Symbol">Whose table.</param>
/// <param name="Findings">At least one.</param>
public sealed record TierRefusal(string Symbol, IReadOnlyList<TierFinding> Findings);

using Perpkeel.Cli.Accounts;

namespace Perpkeel.Cli.Executing;

/// <summary>What a person wants of an account as a whole.</summary>
/// <param name="By">Who wants it.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="Component">For a switch: which; null for all else.</param>
/// <param name="IsOn">For a switch: whether it is on from now on.</param>
internal sealed record UserQuestion(string By, string Reason, string? Component = null, bool IsOn = false);

/// <summary>How an account stands after a person's wish.</summary>
internal sealed record UserAnswer
{
    /// <summary>Whose, and as of when.</summary>
    public required AnswerHead Head { get; init; }

    /// <summary>Whether new risk is stopped.</summary>
    public required bool IsStopped { get; init; }

    /// <summary>Who stopped it; null while it is not.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>Why; null while it is not.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when, market time; null while it is not.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Components that are switched off.</summary>
    public required IReadOnlyList<string> SwitchedOff { get; init; }

    /// <summary>Markets whose position is being closed.</summary>
    public required IReadOnlyList<string> Closing { get; init; }

    /// <summary>Markets with a position that stays, protected.</summary>
    public required IReadOnlyList<string> Held { get; init; }

    /// <summary>An account as it stands.</summary>
    public static UserAnswer Of(AccountView view)
    {
        var brackets = view.State.Brackets.Values;
        return new UserAnswer
        {
            Head = view.Head,
            IsStopped = view.State.Stopped is not null,
            StoppedBy = view.State.Stopped?.By,
            Reason = view.State.Stopped?.Reason,
            Since = view.State.Stopped?.At,
            SwitchedOff = [.. view.State.SwitchedOff.Select(each => Words.Kebab(each.ToString()))],
            Closing =
            [
                .. brackets.Where(each => each.CloseReason is not null).Select(each => each.Market.Value),
            ],
            Held =
            [
                .. brackets.Where(each => each.CloseReason is null && !view.State.SizeIn(each.Market).IsZero)
                    .Select(each => each.Market.Value),
            ],
        };
    }
}

/// <summary>What <c>perpkeel balance</c> tells.</summary>
internal sealed record BalanceAnswer
{
    /// <summary>Whose, and as of when.</summary>
    public required AnswerHead Head { get; init; }

    /// <summary>What the account's own facts add up to, USD.</summary>
    public required string Equity { get; init; }

    /// <summary>Of it, what new orders may use: reservations are taken off, USD.</summary>
    public required string Available { get; init; }

    /// <summary>What the venue confirms in all, USD; null where it was not asked or did not answer.</summary>
    public string? VenueTotal { get; init; }

    /// <summary>What the venue confirms to be available, USD.</summary>
    public string? VenueAvailable { get; init; }

    /// <summary>When that was so, market time.</summary>
    public DateTimeOffset? VenueAsOf { get; init; }

    /// <summary>Why the venue did not confirm; null where it did, or was not asked.</summary>
    public ToldError? Error { get; init; }
}

/// <summary>What <c>perpkeel leverage</c> tells.</summary>
internal sealed record LeverageAnswer
{
    /// <summary>Whose, and as of when.</summary>
    public required AnswerHead Head { get; init; }

    /// <summary>The greatest leverage that the account may have.</summary>
    public required string Max { get; init; }

    /// <summary>Leverage in use.</summary>
    public required string Used { get; init; }

    /// <summary>What is left of it; negative beyond the limit.</summary>
    public required string Available { get; init; }

    /// <summary>Equity over the worth of all positions; null without one.</summary>
    public string? MarginRatio { get; init; }

    /// <summary>Where the venue liquidates; null without a position.</summary>
    public string? MaintenanceMarginRatio { get; init; }

    /// <summary>healthy, warning, danger or liquidatable.</summary>
    public string? Health { get; init; }

    /// <summary>When the venue said so, market time; null where the account's own facts are told.</summary>
    public DateTimeOffset? VenueAsOf { get; init; }

    /// <summary>Why the venue did not confirm; null where it did, or was not asked.</summary>
    public ToldError? Error { get; init; }
}

namespace Perpkeel.Venues.Dydx.Errors;

/// <summary>An answer of the chain, understood.</summary>
public sealed record ChainError
{
    /// <summary>Module and number; the stable name of the error.</summary>
    public required ChainCode Code { get; init; }

    /// <summary>What the answer means.</summary>
    public required string Meaning { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Mend { get; init; }

    /// <summary>What became of a request that was sent once.</summary>
    public required ChainOutcome Outcome { get; init; }

    /// <summary>
    /// What became of a request whose very bytes had been sent before: what the first one did answers for the
    /// second.
    /// </summary>
    public required ChainOutcome OutcomeWhenSentAgain { get; init; }

    /// <summary>Whether the same request, unchanged, may succeed a little later.</summary>
    public bool MayRetry { get; init; }

    /// <summary>The chain's own words, where they are at hand.</summary>
    public string ChainText { get; init; } = string.Empty;

    /// <inheritdoc/>
    public override string ToString() =>
        ChainText.Length == 0 ? $"{Code}: {Meaning} {Mend}" : $"{Code}: {Meaning} {Mend} ({ChainText})";
}

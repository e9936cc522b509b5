namespace Perpkeel.Runtime.Accounts;

/// <summary>How long what a venue has confirmed counts, and how long it is asked.</summary>
public sealed record ConfirmationRules
{
    /// <summary>For balances.</summary>
    public static ConfirmationRules ForBalance { get; } = new() { TimeToLive = TimeSpan.FromSeconds(5) };

    /// <summary>For leverage.</summary>
    public static ConfirmationRules ForLeverage { get; } = new() { TimeToLive = TimeSpan.FromSeconds(30) };

    /// <summary>
    /// An answer counts while it is younger, by the venue's time and by ours. Less than the time between two
    /// blocks of the venue would let nothing count.
    /// </summary>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>How long an answer is waited for.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Accounts that are remembered; beyond them the one that was asked for least lately is forgotten.
    /// Fetches under way come on top, one an account.
    /// </summary>
    public int MostAccounts { get; init; } = 10_000;
}

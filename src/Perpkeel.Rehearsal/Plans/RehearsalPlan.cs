using System.Globalization;

namespace Perpkeel.Rehearsal.Plans;

/// <summary>One rehearsal: everything that it depends on beside the program itself.</summary>
public sealed record RehearsalPlan
{
    /// <summary>Accounts at most.</summary>
    public const int MostAccounts = 32;

    /// <summary>Markets at most.</summary>
    public const int MostMarkets = 6;

    /// <summary>Strategies of an account at most.</summary>
    public const int MostStrategies = 8;

    /// <summary>Hours at most.</summary>
    public const int MostHours = 24 * 31;

    /// <summary>When a rehearsal begins, in its own time.</summary>
    public static DateTimeOffset StartsAt { get; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>After the last fault: how long everything has to come to rest.</summary>
    public static TimeSpan Settling { get; } = TimeSpan.FromMinutes(30);

    /// <summary>After that: how long it may take to close every position.</summary>
    public static TimeSpan Closing { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Where all chance comes from.</summary>
    public ulong Seed { get; init; }

    /// <summary>Hours of trading, with faults.</summary>
    public int Hours { get; init; } = 24;

    /// <summary>Markets, one to six.</summary>
    public int Markets { get; init; } = 2;

    /// <summary>Accounts in the one process, each of a user of its own.</summary>
    public int Accounts { get; init; } = 2;

    /// <summary>
    /// Strategies of each account: the sniper, and others that send signals by webhook.
    /// </summary>
    public int Strategies { get; init; } = 2;

    /// <summary>What goes wrong.</summary>
    public RehearsalFaults Faults { get; init; } = RehearsalFaults.All;

    /// <summary>
    /// The only account that takes part, counted from 0; null for all. The others are as if they had never
    /// been.
    /// </summary>
    public int? Alone { get; init; }

    /// <summary>When nothing goes wrong any more.</summary>
    public DateTimeOffset FaultsUntil => StartsAt + TimeSpan.FromHours(Hours);

    /// <summary>When everybody has come to rest.</summary>
    public DateTimeOffset SettledAt => FaultsUntil + Settling;

    /// <summary>When it is over.</summary>
    public DateTimeOffset EndsAt => SettledAt + Closing;

    /// <summary>The flags of <c>perpkeel simulate</c> that ask for it again.</summary>
    public override string ToString()
    {
        var alone = Alone is { } one ? string.Create(CultureInfo.InvariantCulture, $" --alone {one}") : "";
        var size = string.Create(
            CultureInfo.InvariantCulture,
            $"--markets {Markets} --accounts {Accounts} --strategies {Strategies}{alone}");
        return string.Create(
            CultureInfo.InvariantCulture, $"--seed {Seed} --hours {Hours} {size} --faults {Faults}");
    }
}

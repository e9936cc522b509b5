using Xunit;

namespace Perpkeel.Architecture.Tests;

/// <summary>How a rule is asserted, and how it is shown that it can fail.</summary>
internal static class Rule
{
    /// <summary>Milliseconds that a pattern may take on one text.</summary>
    public const int PatternTimeMs = 5_000;

    /// <summary>Fails with all offenders at once.</summary>
    public static void Holds(string rule, IEnumerable<string> offenders)
    {
        var all = offenders.Distinct(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{rule} {all.Count} offend:\n  {string.Join("\n  ", all)}");
    }

    /// <summary>Fails unless exactly these offenders were found, in any order.</summary>
    public static void Finds(IEnumerable<string> found, params IEnumerable<string> expected) =>
        Assert.Equal(
            string.Join('\n', expected.Order(StringComparer.Ordinal)),
            string.Join('\n', found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    /// <summary>Whether two names are the same to the letter.</summary>
    public static bool Is(this string? name, string? other) =>
        string.Equals(name, other, StringComparison.Ordinal);
}

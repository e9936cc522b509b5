using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Paper.Faults;

/// <summary>Which faults happen, and how often.</summary>
public sealed record FaultPlan
{
    private const decimal Million = 1_000_000m;

    /// <summary>Nothing goes wrong.</summary>
    public static FaultPlan None { get; } = new();

    /// <summary>Chances in millionths, by the fault's name.</summary>
    public ImmutableSortedDictionary<string, int> ChancesPpm { get; init; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Whether nothing goes wrong.</summary>
    public bool IsEmpty => ChancesPpm.IsEmpty;

    /// <summary>The chance of a fault in millionths; 0 where it does not happen.</summary>
    public int ChanceOf(FaultKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return ChancesPpm.GetValueOrDefault(kind.Name);
    }

    /// <summary>
    /// Reads <c>NAME</c>, <c>NAME=p</c> with p from 0 to 1, or <c>all</c>; what is wrong comes as words.
    /// </summary>
    public static Result<FaultPlan, string> Parse(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var chances = None.ChancesPpm.ToBuilder();
        foreach (var word in words)
        {
            var parts = word.Split('=', 2);
            var isAll = string.Equals(parts[0], "all", StringComparison.Ordinal);
            FaultKind[] kinds = isAll ? [.. FaultKind.All] : FaultKind.Find(parts[0]) is { } one ? [one] : [];
            if (kinds.Length == 0) return $"{parts[0]} is no fault. {Names()}";
            var chance = -1m;
            if (parts.Length > 1 && !IsChance(parts[1], out chance))
            {
                return $"{word}: the chance is a number from 0 to 1, e.g. {parts[0]}=0.05.";
            }

            foreach (var kind in kinds) chances[kind.Name] = PpmOf(kind, chance);
        }

        return new FaultPlan { ChancesPpm = chances.ToImmutable() };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(
        ',', ChancesPpm.Select(chance => string.Create(
            CultureInfo.InvariantCulture, $"{chance.Key}={chance.Value / Million:0.######}")));

    private static bool IsChance(string text, out decimal chance) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out chance)
        && chance is >= 0m and <= 1m;

    private static int PpmOf(FaultKind kind, decimal chance) => chance >= 0m
        ? (int)decimal.Round(chance * Million)
        : kind.Unit == FaultUnit.Hour ? FaultKind.UsualHourPpm : FaultKind.UsualPpm;

    private static string Names() =>
        $"There are all, {string.Join(", ", FaultKind.All.Select(kind => kind.Name))}.";
}

using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Paper.Faults;

namespace Perpkeel.Rehearsal.Plans;

/// <summary>What goes wrong in a rehearsal: between trader and venue, and on the trader's machine.</summary>
public sealed record RehearsalFaults
{
    private const decimal Million = 1_000_000m;

    /// <summary>Nothing goes wrong.</summary>
    public static RehearsalFaults None { get; } = new();

    /// <summary>Everything goes wrong, each with its usual chance.</summary>
    public static RehearsalFaults All { get; } =
        Parse(["all"]).TryGet(out var all, out _) ? all : None;

    /// <summary>Between trader and venue.</summary>
    public FaultPlan Venue { get; init; } = FaultPlan.None;

    /// <summary>Chances of an hour on the machine, in millionths, by name.</summary>
    public ImmutableSortedDictionary<string, int> Machine { get; init; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>The names of all that may go wrong, the venue's first.</summary>
    public ImmutableArray<string> Names => [.. Venue.ChancesPpm.Keys, .. Machine.Keys];

    /// <summary>
    /// Reads <c>all</c>, <c>none</c>, or <c>NAME</c> and <c>NAME=p</c> with p from 0 to 1; what is wrong
    /// comes as words.
    /// </summary>
    public static Result<RehearsalFaults, string> Parse(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var machine = None.Machine.ToBuilder();
        var venue = new List<string>();
        foreach (var word in words)
        {
            var parts = word.Split('=', 2);
            if (word is "none") continue;
            var isAll = string.Equals(parts[0], "all", StringComparison.Ordinal);
            MachineFault[] faults = isAll
                ? [.. MachineFault.All]
                : MachineFault.Find(parts[0]) is { } one ? [one] : [];
            if (isAll || faults.Length == 0) venue.Add(word);
            var chance = -1m;
            if (faults.Length > 0 && parts.Length > 1 && !IsChance(parts[1], out chance))
            {
                return $"{word}: the chance is a number from 0 to 1, e.g. {parts[0]}=0.05.";
            }

            foreach (var fault in faults)
            {
                machine[fault.Name] = chance < 0m
                    ? MachineFault.UsualPpm
                    : (int)decimal.Round(chance * Million);
            }
        }

        if (!FaultPlan.Parse(venue).TryGet(out var plan, out var wrong))
        {
            var names = string.Join(", ", MachineFault.All.Select(each => each.Name));
            return $"{wrong} On the machine: {names}.";
        }

        return new RehearsalFaults { Venue = plan, Machine = machine.ToImmutable() };
    }

    /// <summary>The same with another chance of every fault of the machine.</summary>
    /// <param name="chance">The chance of an hour, from 0 to 1.</param>
    public RehearsalFaults WithCrashes(decimal chance) => this with
    {
        Machine = MachineFault.All.ToImmutableSortedDictionary(
            fault => fault.Name, _ => (int)decimal.Round(chance * Million), StringComparer.Ordinal),
    };

    /// <summary>
    /// The same with those faults of the machine only that come at a time: what comes at an operation or a
    /// call comes to one user earlier where there is another.
    /// </summary>
    public RehearsalFaults ThatHitAllAlike() => this with
    {
        Machine = Machine.RemoveRange(
        [
            MachineFault.KillAtWrite.Name, MachineFault.KillAtCall.Name, MachineFault.DiskError.Name,
            MachineFault.DiskFull.Name,
        ]),
    };

    /// <summary>The same without one of them.</summary>
    /// <param name="name">Its name.</param>
    public RehearsalFaults Without(string name) => new()
    {
        Venue = Venue with { ChancesPpm = Venue.ChancesPpm.Remove(name) },
        Machine = Machine.Remove(name),
    };

    /// <summary>The chance of an hour in millionths; 0 where it does not happen.</summary>
    public int ChanceOf(MachineFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return Machine.GetValueOrDefault(fault.Name);
    }

    /// <summary>As it is read back.</summary>
    public override string ToString()
    {
        var machine = Machine.Where(chance => chance.Value > 0).Select(chance => string.Create(
            CultureInfo.InvariantCulture, $"{chance.Key}={chance.Value / Million:0.######}"));
        string[] parts = [.. Venue.IsEmpty ? [] : (string[])[Venue.ToString()], .. machine];
        if (string.Equals(string.Join(',', parts), AllText.Value, StringComparison.Ordinal))
        {
            return "all";
        }

        return parts.Length == 0 ? "none" : string.Join(',', parts);
    }

    private static readonly Lazy<string> AllText = new(() => string.Join(',',
    [
        FaultPlan.Parse(["all"]).TryGet(out var venue, out _) ? venue.ToString() : string.Empty,
        .. MachineFault.All.OrderBy(fault => fault.Name, StringComparer.Ordinal)
            .Select(fault => string.Create(
                CultureInfo.InvariantCulture, $"{fault.Name}={MachineFault.UsualPpm / Million:0.######}")),
    ]));

    private static bool IsChance(string text, out decimal chance) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out chance)
        && chance is >= 0m and <= 1m;
}

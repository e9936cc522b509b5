using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Simulation.Paper.Faults;

/// <summary>A while in which something is wrong.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Until">Its end.</param>
/// <param name="Chance">Chance of its own, for what it does.</param>
internal readonly record struct FaultSpan(DateTimeOffset From, DateTimeOffset Until, ulong Chance)
{
    /// <summary>Whether a time lies in it.</summary>
    public bool Holds(DateTimeOffset at) => at >= From && at < Until;
}

/// <summary>
/// Decides from the seed which faults happen when. What is decided of a message or an hour depends on its
/// number alone, so that it is the same in every life.
/// </summary>
internal sealed class FaultDice
{
    private const ulong Stream = 2_002;
    private const int Million = 1_000_000;

    private readonly FaultPlan _plan;
    private readonly SeededRandom _chance;
    private readonly DateTimeOffset _from;
    private readonly HashSet<(FaultKind Kind, long Number)> _hits = [];
    private bool _isOver;

    /// <summary>Dice for a plan; hours count from a time.</summary>
    public FaultDice(FaultPlan plan, ulong seed, DateTimeOffset from)
    {
        _plan = plan;
        _chance = new SeededRandom(seed).Fork(Stream);
        _from = from;
    }

    /// <summary>Tells of each fault as it happens, once.</summary>
    public Action<FaultKind> Happened { get; set; } = static _ => { };

    /// <summary>Nothing goes wrong from now on.</summary>
    public void End() => _isOver = true;

    /// <summary>Whether a fault hits a message or a piece.</summary>
    public bool Hits(FaultKind kind, long number)
    {
        var isHit = Falls(kind, number);
        if (isHit) Count(kind, number);
        return isHit;
    }

    /// <summary>How often each fault has happened so far, by name.</summary>
    public IReadOnlyDictionary<string, int> Counts => new SortedDictionary<string, int>(
        _hits.CountBy(hit => hit.Kind.Name).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>A fault that was decided by the hour has happened.</summary>
    public void Note(FaultKind kind, DateTimeOffset at) =>
        Count(kind, (long)((at - _from) / TimeSpan.FromHours(1)));

    /// <summary>A number from the first up to the second, of a message's or a piece's fault.</summary>
    public long Between(FaultKind kind, long number, long least, long most)
    {
        var chance = Of(kind, number);
        _ = chance.NextBits();
        return least + (long)(chance.NextBits() % (ulong)(most - least + 1));
    }

    /// <summary>The while of a fault that counts by hours, in the hour of a time; null for none.</summary>
    /// <param name="kind">The fault.</param>
    /// <param name="at">The time.</param>
    /// <param name="least">How long it lasts at least.</param>
    /// <param name="most">How long at most.</param>
    public FaultSpan? SpanAt(FaultKind kind, DateTimeOffset at, TimeSpan least, TimeSpan most)
    {
        if (_plan.ChanceOf(kind) == 0 || at < _from) return null;
        var hour = (long)((at - _from) / TimeSpan.FromHours(1));
        for (var each = hour; each >= Math.Max(0, hour - 1); each--)
        {
            if (SpanOf(kind, each, least, most) is { } span && span.Holds(at)) return span;
        }

        return null;
    }

    /// <summary>The while of a fault in an hour; null where it does not happen then.</summary>
    public FaultSpan? SpanOf(FaultKind kind, long hour, TimeSpan least, TimeSpan most)
    {
        if (!Falls(kind, hour)) return null;
        var minutes = Between(kind, hour, 0, 54);
        var chance = Of(kind, hour).Fork(1);
        var length = least + TimeSpan.FromMilliseconds(
            (long)(chance.NextBits() % (ulong)((most - least).TotalMilliseconds + 1)));
        var from = _from + TimeSpan.FromHours(hour) + TimeSpan.FromMinutes(minutes + 1);
        return new FaultSpan(from, from + length, chance.NextBits());
    }

    /// <summary>The same, without counting it as happened.</summary>
    public bool Falls(FaultKind kind, long number)
    {
        var chance = _plan.ChanceOf(kind);
        return !_isOver && chance > 0 && (int)(Of(kind, number).NextBits() % Million) < chance;
    }

    private void Count(FaultKind kind, long number)
    {
        if (_hits.Add((kind, number))) Happened(kind);
    }

    private SeededRandom Of(FaultKind kind, long number) =>
        _chance.Fork((ulong)FaultKind.All.IndexOf(kind)).Fork((ulong)number);
}

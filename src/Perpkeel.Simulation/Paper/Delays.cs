using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Simulation.Paper;

/// <summary>
/// When messages arrive: by the latency model, never before an earlier one of their connection, and a
/// fraction of a millisecond off the grid of market events and blocks, so that which came first never
/// depends on a restart.
/// </summary>
internal sealed class Delays(PaperSettings settings)
{
    private const ulong Stream = 2_000;

    /// <summary>How far off the grid messages arrive.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromTicks(3);

    /// <summary>How far off the grid questions arrive, and so never with a message.</summary>
    public static readonly TimeSpan QuestionOffset = TimeSpan.FromTicks(5);

    private readonly SeededRandom _chance = new SeededRandom(settings.Seed).Fork(Stream);
    private readonly Dictionary<Way, DateTimeOffset> _last = [];

    /// <summary>When a message arrives.</summary>
    /// <param name="way">On which connection.</param>
    /// <param name="number">Its number there.</param>
    /// <param name="sentAt">When it was sent.</param>
    public DateTimeOffset Arrival(Way way, long number, DateTimeOffset sentAt)
    {
        var usual = way is Way.ToUs ? settings.IndexerLag + settings.Latency : settings.Latency;
        var chance = _chance.Fork((ulong)way).Fork((ulong)number);
        var due = sentAt + settings.LatencyModel.Of(usual, chance) + Offset;
        if (_last.TryGetValue(way, out var last) && due < last) due = last;
        return _last[way] = due;
    }

    /// <summary>
    /// How long a question for the account, or its answer, is on its way. Questions are not numbered and may
    /// overtake each other: it follows from the instant of the question.
    /// </summary>
    public TimeSpan OfQuestion(Way way, DateTimeOffset askedAt)
    {
        var usual = way is Way.FromIndexer ? settings.IndexerLag + settings.Latency : settings.Latency;
        var chance = _chance.Fork((ulong)way).Fork((ulong)askedAt.UtcTicks);
        return settings.LatencyModel.Of(usual, chance) + QuestionOffset;
    }
}

/// <summary>A connection.</summary>
internal enum Way
{
    /// <summary>From us to the node.</summary>
    ToNode = 0,

    /// <summary>The node's answers to us.</summary>
    FromNode,

    /// <summary>What the Indexer tells of the account.</summary>
    ToUs,

    /// <summary>What it tells of markets.</summary>
    Markets,

    /// <summary>Questions for the account.</summary>
    ToIndexer,

    /// <summary>Answers to them, behind by what the Indexer is behind its node.</summary>
    FromIndexer,
}

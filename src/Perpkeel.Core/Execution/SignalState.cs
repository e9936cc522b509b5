using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Execution;

/// <summary>How far a signal has come.</summary>
public enum SignalPhase
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>Accepted; its orders are under way.</summary>
    Working,

    /// <summary>
    /// A flip whose first half is done: the position is closed, the other way is to be opened.
    /// </summary>
    Ready,

    /// <summary>Carried out, or ended without a fill.</summary>
    Ended,

    /// <summary>Refused.</summary>
    Refused,
}

/// <summary>A signal and what became of it.</summary>
public sealed record SignalState
{
    /// <summary>How long what became of a signal is remembered.</summary>
    public static TimeSpan Kept => TimeSpan.FromHours(24);

    /// <summary>The signal.</summary>
    public required TradeSignal Signal { get; init; }

    /// <summary>How far it has come.</summary>
    public required SignalPhase Phase { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The bracket that carries it out; 0 while there is none.</summary>
    public long Bracket { get; init; }

    /// <summary>The price at which it was expected to fill; null where nothing was.</summary>
    public Price? Expected { get; init; }

    /// <summary>How much of its orders was filled.</summary>
    public Size Filled { get; init; }

    /// <summary>What these fills were worth, positive.</summary>
    public Usd Value { get; init; }

    /// <summary>What they cost in fees.</summary>
    public Usd Fees { get; init; }

    /// <summary>When the second half of a flip was due; null for other signals.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>When it ended or was refused.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What ended it, a stable name; null while it goes on.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Why it was refused, or what the venue made of its order; null where nothing was wrong.
    /// </summary>
    public TradeExecutionError? Error { get; init; }

    /// <summary>Average price of its fills; null without any.</summary>
    public decimal? AveragePrice => Filled.IsZero ? null : Value.Value / Filled.Value;
}

/// <summary>One step of a decision: what went in and what came out.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Input">What it looked at.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record TraceStep(string Name, string Input, string Outcome);

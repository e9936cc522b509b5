using System.Globalization;

namespace Perpkeel.Cli.Control;

/// <summary>Why a request was not carried out: a stable code, the numbers, and the mend.</summary>
/// <param name="Code">Stable name of the case.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Mend">What to do.</param>
internal sealed record ControlError(string Code, string Message, string Mend)
{
    /// <summary>The connection is of no more use: where a line ends is not known any longer.</summary>
    public static ControlError TooLong { get; } = new(
        "too-long", $"The line is longer than {Count(ControlLimits.MostRequestBytes)} bytes.",
        "Ask for less at a time.");

    /// <summary>The client began a line and did not end it.</summary>
    public static ControlError TooSlow { get; } = new(
        "too-slow", "The line was not ended in time.", "Send each request as one line, at once.");

    /// <summary>All connections are taken.</summary>
    public static ControlError Busy { get; } = new(
        "busy", $"{Count(ControlLimits.MostConnections)} others are connected.", "Try again in a moment.");

    /// <summary>The run ends.</summary>
    public static ControlError RunEnded { get; } = new(
        "run-ended", "The run has ended.", "Ask again: its journal is read then.");

    /// <summary>The answer takes longer than anybody should wait.</summary>
    public static ControlError NoAnswerYet { get; } = new(
        "no-answer-yet", "It was begun and has no outcome yet.",
        "It goes on. perpkeel orders and perpkeel explain show what became of it.");

    /// <summary>Prices are those of the past.</summary>
    public static ControlError CatchingUp { get; } = new(
        "catching-up", "The run still lives its past again, and has no prices of today.",
        "Try again in a few seconds.");

    /// <summary>The line is no request.</summary>
    public static ControlError Malformed(string what) => new(
        "malformed", $"The line is no request: {what}",
        "Send one JSON object a line, with v and kind.");

    /// <summary>The request is of another version.</summary>
    public static ControlError WrongVersion(int version) => new(
        "wrong-version",
        $"The request is of version {Count(version)}; this run speaks {Count(ControlLimits.Version)}.",
        "Use the perpkeel that started the run.");

    /// <summary>Nobody knows this kind of request.</summary>
    public static ControlError UnknownKind(string kind, IEnumerable<string> known) => new(
        "unknown-kind", $"There is no request '{kind}'.", $"It knows {string.Join(", ", known)}.");

    /// <summary>An argument is wrong or missing.</summary>
    public static ControlError BadArgument(string what, string mend) => new("bad-argument", what, mend);

    /// <summary>A fault of our own; the run goes on.</summary>
    public static ControlError Fault(string what) => new(
        "fault", $"A fault of perpkeel's own: {what}",
        "The run goes on. Please report it with the request.");

    private static string Count(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}

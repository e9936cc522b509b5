namespace Perpkeel.Cli.Control;

/// <summary>How much of everything the control socket takes, and for how long.</summary>
internal sealed record ControlLimits
{
    /// <summary>Version of the protocol; another one is answered with an error.</summary>
    public const int Version = 1;

    /// <summary>Bytes of a request, its line end included.</summary>
    public const int MostRequestBytes = 65_536;

    /// <summary>Bytes of an answer that a client takes.</summary>
    public const int MostAnswerBytes = 4_194_304;

    /// <summary>Connections at one time; the next is told to come again and closed.</summary>
    public const int MostConnections = 16;

    /// <summary>Requests that may wait for the run; a connection has one at a time.</summary>
    public const int MostWaiting = 64;

    /// <summary>Time for a client to send a whole request.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for the run to answer; what was begun goes on after it.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time for a client to take an answer.</summary>
    public TimeSpan WriteTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for the last answers to leave when the run ends.</summary>
    public TimeSpan ClosingTime { get; init; } = TimeSpan.FromSeconds(1);
}

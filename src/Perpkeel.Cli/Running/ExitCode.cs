namespace Perpkeel.Cli.Running;

/// <summary>What the command's exit code means.</summary>
internal static class ExitCode
{
    /// <summary>It did what was asked.</summary>
    public const int Ok = 0;

    /// <summary>It failed; the message says how to mend it.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The journal is not sound.</summary>
    public const int Unsound = 3;

    /// <summary>
    /// Whether it happened is not known: look it up, and send nothing else in its place before that.
    /// </summary>
    public const int OutcomeUnknown = 4;
}

namespace Perpkeel.Cli.Control;

/// <summary>Carries out one kind of request, on the run's own thread and between two instants.</summary>
internal interface IControlHandler
{
    /// <summary>The kind, a stable name.</summary>
    string Kind { get; }

    /// <summary>
    /// Carries it out. What it awaits must come back to the run's clock; the answer may be given at a later
    /// instant.
    /// </summary>
    Task<ControlAnswer> HandleAsync(ControlRequest request);
}

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>Gathers errors over all files; keeps the first and counts the rest.</summary>
internal sealed class ErrorList
{
    private readonly List<ReplayError> _kept = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Notes one more.</summary>
    public void Add(ReplayError error)
    {
        Count++;
        if (_kept.Count < ReplayFailure.Most) _kept.Add(error);
    }

    /// <summary>What to hand back.</summary>
    public ReplayFailure ToFailure() => new([.. _kept], Count - _kept.Count);
}

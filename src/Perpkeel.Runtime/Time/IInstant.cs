namespace Perpkeel.Runtime.Time;

/// <summary>Lets work wait until nothing else is left to do at the present instant.</summary>
public interface IInstant
{
    /// <summary>Runs an action once, after all other work of this instant.</summary>
    void AtEnd(Action action);
}

namespace Perpkeel.Core.Risk;

/// <summary>What is done about a position that has no stop at the venue beyond the deadline.</summary>
public enum UnprotectedPolicy
{
    /// <summary>An alarm is raised; placing the stop goes on.</summary>
    Alarm = 0,

    /// <summary>An alarm is raised, and the position is closed at the market.</summary>
    Close,
}

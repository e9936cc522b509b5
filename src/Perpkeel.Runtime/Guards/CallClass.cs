namespace Perpkeel.Runtime.Guards;

/// <summary>Kinds of calls to a venue that fail together and are watched together.</summary>
public enum CallClass
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>Orders that take new risk.</summary>
    Entries,

    /// <summary>Orders that protect.</summary>
    Protection,

    /// <summary>Cancellations.</summary>
    Cancels,

    /// <summary>Questions about orders.</summary>
    LookUps,

    /// <summary>Questions about accounts.</summary>
    Accounts,
}

namespace Perpkeel.Venues.Dydx.Errors;

/// <summary>What an answer of the chain says about the request.</summary>
public enum ChainOutcome
{
    /// <summary>It may or may not have happened: look it up, never just ask again.</summary>
    Unknown = 0,

    /// <summary>Nothing was done.</summary>
    NotDone,

    /// <summary>What was asked for is so already, by an earlier request.</summary>
    DoneAlready,
}

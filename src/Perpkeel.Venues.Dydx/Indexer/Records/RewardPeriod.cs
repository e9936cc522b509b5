namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Over what rewards are summed.</summary>
public enum RewardPeriod
{
    /// <summary>A day.</summary>
    Daily = 0,

    /// <summary>A week.</summary>
    Weekly,

    /// <summary>A month.</summary>
    Monthly,
}

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>How far a sparkline reaches.</summary>
public enum SparklinePeriod
{
    /// <summary>A day of hours.</summary>
    OneDay = 0,

    /// <summary>A week of four hours each.</summary>
    SevenDays,
}

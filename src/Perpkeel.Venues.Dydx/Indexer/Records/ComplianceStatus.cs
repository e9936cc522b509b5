namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>What an address may do.</summary>
public enum ComplianceStatus
{
    /// <summary>Everything.</summary>
    Compliant = 0,

    /// <summary>Close, after a first strike.</summary>
    FirstStrikeCloseOnly,

    /// <summary>Everything, after a first strike.</summary>
    FirstStrike,

    /// <summary>Close.</summary>
    CloseOnly,

    /// <summary>Nothing.</summary>
    Blocked,
}

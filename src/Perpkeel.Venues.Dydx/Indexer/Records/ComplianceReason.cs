namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>Why an address is restricted.</summary>
public enum ComplianceReason
{
    /// <summary>By hand.</summary>
    Manual = 0,

    /// <summary>Seen in the USA.</summary>
    UsGeo,

    /// <summary>Seen in Canada.</summary>
    CaGeo,

    /// <summary>Seen in Britain.</summary>
    GbGeo,

    /// <summary>Seen in a sanctioned country.</summary>
    SanctionedGeo,

    /// <summary>A provider says so.</summary>
    ComplianceProvider,
}

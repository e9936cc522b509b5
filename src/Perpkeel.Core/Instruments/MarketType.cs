namespace Perpkeel.Core.Instruments;

/// <summary>Whether a market shares its collateral pool and insurance fund with others.</summary>
/// <remarks>Source: dYdX v4-chain, perpetual market types.</remarks>
public enum MarketType
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>All such markets share one pool; a subaccount may hold many of them.</summary>
    Cross,

    /// <summary>The market has a pool of its own; a subaccount in it holds nothing else.</summary>
    Isolated,
}

using System.Diagnostics.CodeAnalysis;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>The side of a position.</summary>
[SuppressMessage(
    "Naming", "CA1720:Identifier contains type name",
    Justification = "Long and short are what every trader calls the sides of a position.")]
public enum PositionSide
{
    /// <summary>Gains when the price rises; of an asset: held.</summary>
    Long = 0,

    /// <summary>Gains when the price falls; of an asset: owed.</summary>
    Short,
}

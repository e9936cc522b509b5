using System.Numerics;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Fees;

/// <summary>One row of the venue's fee schedule.</summary>
/// <remarks>Source: dYdX v4-chain, fee tiers.</remarks>
public sealed record FeeTier
{
    /// <summary>Its name, by which stakes refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>Least volume of thirty days in quote quantums.</summary>
    public BigInteger AbsoluteVolumeRequirement { get; init; }

    /// <summary>Least share of all volume.</summary>
    public Ppm TotalVolumeShareRequirement { get; init; }

    /// <summary>Least share of all volume as a maker.</summary>
    public Ppm MakerVolumeShareRequirement { get; init; }

    /// <summary>What a maker pays of a fill's worth; negative is a rebate.</summary>
    public required Ppm MakerFee { get; init; }

    /// <summary>What a taker pays of a fill's worth.</summary>
    public required Ppm TakerFee { get; init; }

    /// <summary>Whether volumes meet all requirements; shares of all volume round down.</summary>
    public bool IsMetBy(in TradedVolume volume) =>
        volume.Taker + volume.Maker >= AbsoluteVolumeRequirement
        && volume.Taker + volume.Maker >= volume.Global * TotalVolumeShareRequirement.Value / Ppm.One
        && volume.Maker >= volume.Global * MakerVolumeShareRequirement.Value / Ppm.One;
}

/// <summary>Volumes of thirty days in quote quantums.</summary>
/// <param name="Taker">The account's as a taker.</param>
/// <param name="Maker">The account's as a maker.</param>
/// <param name="Global">Everybody's.</param>
public readonly record struct TradedVolume(BigInteger Taker, BigInteger Maker, BigInteger Global);

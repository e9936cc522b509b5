using System.Text.Json;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>A table of a file, and the numbers by which the file calls its tiers.</summary>
internal sealed class VectorTable(JsonElement source)
{
    private readonly int[] _numbers =
    [
        .. source.Each("brackets")
            .OrderBy(bracket => bracket.Number("notionalFloor"))
            .ThenBy(bracket => bracket.Number("notionalCap"))
            .Select((bracket, i) => bracket.Has("bracket") ? bracket.Whole("bracket") : i + 1),
    ];

    public TierTable Table { get; } = TieredVectors.Table(source);

    /// <summary>The file's number of our tier.</summary>
    public int NumberOf(int tier) => _numbers[tier - 1];
}

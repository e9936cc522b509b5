using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Records;

/// <summary>The older form of the same.</summary>
public sealed record ScreenResult
{
    /// <summary>Whether it may not trade.</summary>
    public required bool IsRestricted { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    internal static ScreenResult Read(Fields f) => new()
    {
        IsRestricted = f.Flag("restricted"),
        Reason = f.TextOr("reason"),
    };
}

using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Storage.Tiers;

/// <summary>
/// The files of tiers that come with the program; their names are those in <c>config/tiers</c>.
/// </summary>
public static class ShippedTiers
{
    /// <summary>The name of the tiers that are used where none are chosen.</summary>
    public const string Default = "binance";

    private const string Folder = "tiers/";
    private const string Extension = ".yaml";

    /// <summary>All names in ordinal order.</summary>
    public static IReadOnlyList<string> Names =>
    [
        .. typeof(ShippedTiers).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The tiers of a name; null when none come by that name.</summary>
    public static Result<TierBook, TierFileRefusal>? Find(string name)
    {
        using var stream = typeof(ShippedTiers).Assembly.GetManifestResourceStream(Folder + name + Extension);
        if (stream is null) return null;
        return TierFile.Read(stream, name + Extension);
    }
}

using Perpkeel.Cli.Configuration;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Perpkeel.Storage.Tiers;

namespace Perpkeel.Cli.Margin;

/// <summary>The tiers that a verb reckons with: a file, or one of those that come with the program.</summary>
internal static class TierChoice
{
    private const int MostNames = 3;

    /// <summary>Opens what was named; the default where nothing was.</summary>
    public static Result<TierBook, UserError> Open(string? named)
    {
        var name = named ?? ShippedTiers.Default;
        if (!File.Exists(name) && !Directory.Exists(name) && ShippedTiers.Find(name) is { } shipped)
        {
            return Told(shipped);
        }

        return LooksLikeName(name)
            ? UserError.Of(
                $"{Quoting.Clean(name)}: there is no such file, and no tiers come by that name. Those that "
                + $"come with the program are {string.Join(" and ", ShippedTiers.Names)}.")
            : Told(TierFile.Read(name));
    }

    /// <summary>The tiers of a symbol; never those of another one.</summary>
    public static Result<TierConfiguration, UserError> Find(TierBook book, string symbol)
    {
        if (book.TryFind(symbol, out var configuration)) return configuration;
        var near = book.Symbols.Select(known => (known, Distance: DistanceTo(known, symbol)))
            .Where(pair => pair.Distance <= Math.Max(2, symbol.Length / 3))
            .OrderBy(pair => pair.Distance).Take(MostNames).Select(pair => pair.known).ToList();
        var what = $"{Quoting.Clean(symbol)}: {SourceOf(book)} has no tiers for it.";
        return UserError.Of(near.Count > 0
            ? $"{what} Did you mean {string.Join(" or ", near)}?"
            : $"{what} perpkeel margin tiers lists its {book.Symbols.Count} symbols; --tiers FILE chooses "
                + "others.");
    }

    /// <summary>Whose tiers a book has, e.g. <c>binance 2026-07-02</c>.</summary>
    public static string SourceOf(TierBook book)
    {
        _ = book.TryFind(book.Symbols[0], out var first);
        return first!.Source.ToString();
    }

    private static Result<TierBook, UserError> Told(Result<TierBook, TierFileRefusal> read) =>
        read.TryGet(out var book, out var refusal)
            ? book
            : new UserError([.. refusal.Findings.Select(finding => finding.ToString())]);

    /// <summary>Letters that differ; a name that only goes on is nearer than its letters say.</summary>
    private static int DistanceTo(string known, string symbol) =>
        known.StartsWith(symbol, StringComparison.OrdinalIgnoreCase)
            ? known.Length == symbol.Length ? 0 : 1
            : KeySuggestion.Distance(known, symbol);

    private static bool LooksLikeName(string name) =>
        !File.Exists(name) && !Directory.Exists(name)
        && name.Length > 0 && name.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_');
}

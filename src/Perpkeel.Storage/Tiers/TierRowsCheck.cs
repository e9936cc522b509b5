using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Storage.Tiers;

/// <summary>Checks the tiers that were read from a file and makes them a book.</summary>
internal static class TierRowsCheck
{
    /// <summary>Most tiers of one symbol; exchanges have up to twelve.</summary>
    public const int MostTiers = 100;

    private const int MostLetters = 40;

    /// <summary>The book; nothing when there are findings, which are told to the collector.</summary>
    /// <param name="source">Where the tiers come from.</param>
    /// <param name="quoteAsset">What amounts are counted in where a symbol does not say.</param>
    /// <param name="symbols">The symbols in the order of the file.</param>
    /// <param name="findings">What is wrong.</param>
    public static TierBook? Check(
        TierSource source, string? quoteAsset, IReadOnlyList<TierRows> symbols, TierFileFindings findings)
    {
        if (symbols.Count == 0 && findings.Count == 0)
        {
            findings.Add(
                findings.Whole, "", TierFileFault.NoSymbols, "The file has no symbol.",
                "Write the tiers of at least one.");
        }

        var configurations = new Dictionary<string, TierConfiguration>(StringComparer.Ordinal);
        var places = new Dictionary<string, TierFilePlace>(StringComparer.Ordinal);
        foreach (var symbol in symbols)
        {
            if (!IsSound(symbol, places, findings)) continue;
            if (Configuration(source, quoteAsset, symbol, findings) is { } configuration)
            {
                configurations.Add(symbol.Symbol, configuration);
            }
        }

        return findings.Count == 0 ? new TierBook(configurations.Values) : null;
    }

    private static bool IsSound(
        TierRows symbol, Dictionary<string, TierFilePlace> places, TierFileFindings findings)
    {
        if (!Quoted.IsName(symbol.Symbol, MostLetters))
        {
            findings.Add(
                symbol.Place, symbol.Symbol, TierFileFault.BadSymbol, "This is no symbol.",
                $"Write the exchange's name of the contract: 1 to {MostLetters} letters of any script or "
                + "digits, no spaces.");
            return false;
        }

        if (!places.TryAdd(symbol.Symbol, symbol.Place))
        {
            findings.Add(
                symbol.Place, symbol.Symbol, TierFileFault.DuplicateKey,
                $"The symbol stands in line {places[symbol.Symbol].Line} already.", "Keep one of them.");
            return false;
        }

        if (symbol.Rows.Count > MostTiers)
        {
            findings.Add(
                symbol.Place, symbol.Symbol, TierFileFault.TooManyTiers,
                $"It has {symbol.Rows.Count} tiers.", $"Keep at most {MostTiers}.");
            return false;
        }

        return symbol.IsWhole;
    }

    private static TierConfiguration? Configuration(
        TierSource source, string? quoteAsset, TierRows symbol, TierFileFindings findings)
    {
        if (Checked(source, symbol, symbol.Rows, findings) is not { } configuration) return null;
        if (symbol.Coefficient != 1m)
        {
            if (Scaled(symbol, findings) is not { } rows) return null;
            configuration = Checked(source, symbol, rows, findings);
        }

        return configuration is null
            ? null
            : configuration with { QuoteAsset = symbol.QuoteAsset ?? quoteAsset };
    }

    private static TierConfiguration? Checked(
        TierSource source, TierRows symbol, IReadOnlyList<TierRow> rows, TierFileFindings findings)
    {
        var places = new Dictionary<string, TierFilePlace>(StringComparer.Ordinal);
        var drafts = new List<TierDraft>(rows.Count);
        foreach (var row in rows)
        {
            var place = row.Place.ToString();
            places[place] = row.Place;
            drafts.Add(row.Draft with { Place = place });
        }

        if (TierConfiguration.Create(symbol.Symbol, source, drafts).TryGet(out var made, out var refusal))
        {
            return made;
        }

        foreach (var finding in refusal.Findings)
        {
            var place = finding.Place is { } at ? places[at] : symbol.Place;
            findings.Add(place, symbol.Symbol, finding);
        }

        return null;
    }

    /// <summary>
    /// Floors and caps times the coefficient; amounts are left out, so that they are derived anew. The rows
    /// as they stood, with their amounts, are checked before.
    /// </summary>
    /// <remarks>
    /// Source: <c>notionalCoef</c>, "user symbol bracket multiplier", of the exchanges' answer.
    /// </remarks>
    private static List<TierRow>? Scaled(TierRows symbol, TierFileFindings findings)
    {
        var rows = new List<TierRow>(symbol.Rows.Count);
        foreach (var row in symbol.Rows)
        {
            if (!TryMultiply(row.Draft.Floor, symbol.Coefficient, out var floor)
                || !TryMultiply(row.Draft.Cap, symbol.Coefficient, out var cap))
            {
                findings.Add(
                    row.Place, symbol.Symbol, TierFileFault.TooManyDigits,
                    $"A notional times the coefficient {Decimals.Text(symbol.Coefficient)} has more digits "
                    + "than can be reckoned with to the last one.",
                    "Write the coefficient with fewer digits.");
                return null;
            }

            rows.Add(row with { Draft = row.Draft with { Floor = floor, Cap = cap, Amount = null } });
        }

        return rows;
    }

    private static bool TryMultiply(decimal notional, decimal coefficient, out decimal product)
    {
        product = 0m;
        try
        {
            product = notional * coefficient;
        }
        catch (OverflowException)
        {
            return false;
        }

        // A product that was not rounded has the scale that its factors add up to.
        return product.Scale == notional.Scale + coefficient.Scale;
    }
}

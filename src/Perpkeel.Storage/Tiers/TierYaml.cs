using System.Globalization;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Perpkeel.Storage.Texts;
using YamlDotNet.Core.Events;

namespace Perpkeel.Storage.Tiers;

/// <summary>
/// Reads the YAML form of tiers, as <c>config/tiers/template.yaml</c> shows it, and goes on behind whatever
/// is wrong.
/// </summary>
internal sealed class TierYaml
{
    private const string RootKeys = "venue, asOf, quote, symbols";
    private const int MostVenueLetters = 60;
    private const int MostQuoteLetters = 20;

    private readonly TierYamlEvents _events;
    private readonly TierFileFindings _findings;
    private readonly List<TierRows> _symbols = [];
    private string? _venue;
    private string? _quote;
    private DateOnly? _asOf;

    private TierYaml(TextReader text, TierFileFindings findings)
    {
        _findings = findings;
        _events = new TierYamlEvents(text, findings);
    }

    /// <summary>The book, or all that is wrong.</summary>
    public static Result<TierBook, TierFileRefusal> Read(string text, TierFileFindings findings)
    {
        using var reader = new StringReader(text);
        var yaml = new TierYaml(reader, findings);
        yaml._events.Guard(yaml.ReadStream);
        var source = new TierSource(yaml._venue ?? string.Empty, yaml._asOf);
        return TierRowsCheck.Check(source, yaml._quote, yaml._symbols, findings) is { } book
            ? book
            : findings.Refusal;
    }

    private void ReadStream()
    {
        _events.Next<StreamStart>();
        if (!_events.TryNext<DocumentStart>(out _))
        {
            RequireKeys(new HashSet<string>(StringComparer.Ordinal));
            return;
        }

        if (_events.Current is MappingStart)
        {
            RequireKeys(_events.ReadMapping("", ReadRootEntry));
        }
        else
        {
            var mend = _events.Current is SequenceStart
                ? $"Write the keys {RootKeys}; an exchange's own answer belongs in a file named .json."
                : $"Write the keys {RootKeys}.";
            _events.FindOther("", "The file's beginning", mend);
        }

        _events.Next<DocumentEnd>();
        if (_events.Current is DocumentStart second)
        {
            _events.Find(
                second.Start, "", TierFileFault.Shape, "A second document begins here.", "Keep one.");
        }
    }

    private void RequireKeys(IReadOnlySet<string> present)
    {
        foreach (var (key, example) in ((string, string)[])
            [("venue", "venue: binance"), ("asOf", "asOf: 2026-07-02"), ("symbols", "symbols:")])
        {
            if (present.Contains(key)) continue;
            _findings.Add(
                _findings.Whole, "", TierFileFault.MissingKey, $"The key '{key}' is missing.",
                $"Write it: {example}");
        }
    }

    private void ReadRootEntry(Scalar key)
    {
        switch (key.Value)
        {
            case "venue":
                _venue = ReadName(key, MostVenueLetters, "a name in one word, e.g. binance");
                break;
            case "quote":
                _quote = ReadName(key, MostQuoteLetters, "an asset, e.g. USDT");
                break;
            case "asOf":
                _asOf = ReadDate(key);
                break;
            case "symbols" when _events.Current is MappingStart:
                _events.ReadMapping("", ReadSymbol);
                break;
            case "symbols":
                _events.FindOther("", "'symbols'", "Write symbols as keys, each with a list of tiers.");
                break;
            default:
                _events.FindUnknown(key, "", RootKeys);
                break;
        }
    }

    private string? ReadName(Scalar key, int mostLetters, string expected)
    {
        if (!_events.TryNextValue("", key, $"Write {expected}.", out var value)) return null;
        if (Quoted.IsName(value.Value, mostLetters)) return value.Value;
        _events.Find(
            value.Start, "", TierFileFault.WrongType, $"{Quoted.Of(value.Value)} is no {key.Value}.",
            $"Write {expected}.");
        return null;
    }

    private DateOnly? ReadDate(Scalar key)
    {
        const string mend = "Write the day on which the venue gave the tiers: 2026-07-02.";
        if (!_events.TryNextValue("", key, mend, out var value)) return null;
        if (DateOnly.TryParseExact(
            value.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        _events.Find(
            value.Start, "", TierFileFault.BadDate, $"{Quoted.Of(value.Value)} is no date.", mend);
        return null;
    }

    /// <summary>A list of tiers, or a mapping of a quote asset and such a list.</summary>
    private void ReadSymbol(Scalar key)
    {
        var symbol = key.Value;
        IReadOnlyList<TierRow>? rows = null;
        string? quote = null;
        var before = _findings.Count;
        if (_events.Current is MappingStart start)
        {
            var keys = _events.ReadMapping(symbol, inner =>
            {
                if (inner.Value.Equals("tiers", StringComparison.Ordinal)) rows = ReadTiers(symbol);
                else if (!inner.Value.Equals("quote", StringComparison.Ordinal))
                    _events.FindUnknown(inner, symbol, "quote, tiers");
                else quote = ReadName(inner, MostQuoteLetters, "an asset, e.g. USDT");
            });
            if (!keys.Contains("tiers"))
            {
                _events.Find(
                    start.Start, symbol, TierFileFault.MissingKey, "The key 'tiers' is missing.",
                    "Write the tiers below it, or as a list directly below the symbol.");
            }
        }
        else
        {
            rows = ReadTiers(symbol);
        }

        _symbols.Add(new TierRows
        {
            Symbol = symbol,
            Place = _events.PlaceOf(key.Start),
            QuoteAsset = quote,
            Rows = rows ?? [],
            IsWhole = _findings.Count == before,
        });
    }

    private List<TierRow> ReadTiers(string symbol)
    {
        var rows = new List<TierRow>();
        if (!_events.TryNext<SequenceStart>(out _))
        {
            _events.FindOther(symbol, "The list of tiers", TierYamlRow.ListMend);
            return rows;
        }

        while (!_events.TryNext<SequenceEnd>(out _))
        {
            if (_events.Current is not MappingStart)
            {
                _events.FindOther(symbol, "A tier", TierYamlRow.ListMend);
            }
            else if (new TierYamlRow(_events, symbol).Read() is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}

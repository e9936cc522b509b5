using System.Text.Json;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Perpkeel.Storage.Texts;

namespace Perpkeel.Storage.Tiers;

/// <summary>
/// Reads the answer of an exchange's <c>/fapi/v1/leverageBracket</c> as it comes: a list of symbols with
/// their brackets, or one of them alone. Members that are not known are passed over, as the exchange adds
/// some.
/// </summary>
/// <remarks>
/// Source: Binance and Aster, "Notional and Leverage Brackets". <c>notionalCoef</c> multiplies the notionals
/// of one account's brackets.
/// </remarks>
internal sealed class LeverageBracketJson
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    private readonly ReadOnlyMemory<byte> _text;
    private readonly TierFileFindings _findings;
    private readonly JsonPlaces _places;
    private readonly List<TierRows> _symbols = [];

    private LeverageBracketJson(ReadOnlyMemory<byte> text, TierFileFindings findings)
    {
        _text = text;
        _findings = findings;
        _places = new JsonPlaces(text, findings.File);
    }

    /// <summary>The book, or all that is wrong; of a text that is not JSON only where it breaks.</summary>
    public static Result<TierBook, TierFileRefusal> Read(
        ReadOnlyMemory<byte> text, TierSource source, TierFileFindings findings)
    {
        var json = new LeverageBracketJson(text, findings);
        try
        {
            json.ReadRoot();
        }
        catch (JsonException error)
        {
            var place = new TierFilePlace(
                findings.File, (error.LineNumber ?? 0) + 1, (error.BytePositionInLine ?? 0) + 1);
            return findings.Only(
                place, TierFileFault.Syntax, $"This is not JSON: {FirstSentence(error.Message)}",
                "Save the exchange's answer again, whole.");
        }

        return TierRowsCheck.Check(source, quoteAsset: null, json._symbols, findings) is { } book
            ? book
            : findings.Refusal;
    }

    private void ReadRoot()
    {
        var reader = new Utf8JsonReader(_text.Span, Options);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadSymbol(ref reader);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) ReadItem(ref reader);
        }
        else
        {
            _findings.Add(
                _places.At(reader.TokenStartIndex), "", TierFileFault.Shape, "This is no list of symbols.",
                "Save the exchange's answer as it comes.");
        }

        // Whatever comes behind the end is told by the reader as broken.
        while (reader.Read())
        {
        }
    }

    private void ReadItem(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadSymbol(ref reader);
            return;
        }

        _findings.Add(
            _places.At(reader.TokenStartIndex), "", TierFileFault.Shape, "This is no symbol with brackets.",
            "Write {\"symbol\": …, \"brackets\": [ … ]}.");
        reader.Skip();
    }

    private void ReadSymbol(ref Utf8JsonReader reader)
    {
        var place = _places.At(reader.TokenStartIndex);
        var item = new LeverageBracketItem(new LeverageBracketFindings(_findings, _places));
        item.Read(ref reader);
        if (item.IsError)
        {
            _findings.Add(
                place, "", TierFileFault.ExchangeError,
                $"The exchange did not answer with brackets but with an error: {item.ErrorText}.",
                "Ask it again, signed with a key that may read, and save that answer.");
            return;
        }

        if (item.Symbol is null)
        {
            _findings.Add(
                place, "", TierFileFault.MissingKey, "The member 'symbol' is missing.",
                "Write the exchange's name of the contract.");
            return;
        }

        if (!item.HasBrackets)
        {
            _findings.Add(
                place, item.Symbol, TierFileFault.MissingKey, "The member 'brackets' is missing.",
                "Save the exchange's answer as it comes.");
            return;
        }

        _symbols.Add(new TierRows
        {
            Symbol = item.Symbol,
            Place = place,
            Coefficient = item.Coefficient,
            Rows = item.Rows,
            IsWhole = item.IsWhole,
        });
    }

    private static string FirstSentence(string message) =>
        Quoted.WithoutControls(message.Split(" LineNumber:")[0].TrimEnd('.', ' ')) + ".";
}

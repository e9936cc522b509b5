using System.Text;
using System.Text.Json;
using Perpkeel.Core.Numbers;
using Perpkeel.Storage.Texts;

namespace Perpkeel.Storage.Tiers;

/// <summary>
/// What is wrong with one symbol of an exchange's answer, each told at the place where the reader stands.
/// </summary>
internal sealed class LeverageBracketFindings(TierFileFindings findings, JsonPlaces places)
{
    /// <summary>How a bracket is written.</summary>
    public const string RowMend =
        "Write {\"notionalFloor\": 0, \"notionalCap\": 50000, \"maintMarginRatio\": 0.004, \"cum\": 0, "
        + "\"initialLeverage\": 125}.";

    /// <summary>The symbol; null while none was read.</summary>
    public string? Symbol { get; set; }

    /// <summary>Whether nothing was wrong so far.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Where the reader stands; not before the place that was asked for last.</summary>
    public TierFilePlace PlaceOf(ref Utf8JsonReader reader) => places.At(reader.TokenStartIndex);

    /// <summary>Something is wrong where the reader stands.</summary>
    public void Add(ref Utf8JsonReader reader, TierFileFault fault, string what, string mend) =>
        Add(PlaceOf(ref reader), fault, what, mend);

    /// <summary>Something is wrong at a place.</summary>
    public void Add(TierFilePlace place, TierFileFault fault, string what, string mend)
    {
        IsEmpty = false;
        findings.Add(place, Symbol ?? "", fault, what, mend);
    }

    /// <summary>A member comes again.</summary>
    public void AddTwice(ref Utf8JsonReader reader, string name) =>
        Add(ref reader, TierFileFault.DuplicateKey, $"The member '{name}' comes twice.", "Keep one.");

    /// <summary>A number, or a text that is one, to its last digit; else what is wrong is told.</summary>
    public bool TryNumber(ref Utf8JsonReader reader, string name, out decimal number)
    {
        number = 0m;
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            Add(ref reader, TierFileFault.WrongType, $"The member '{name}' is no number.", RowMend);
            reader.Skip();
            return false;
        }

        var text = reader.TokenType == JsonTokenType.Number ? Raw(ref reader) : Text(ref reader);
        var fault = DecimalText.Read(text, out number);
        if (fault == DecimalTextFault.TooManyDigits)
        {
            Add(
                ref reader, TierFileFault.TooManyDigits,
                $"The member '{name}' has more digits than can be reckoned with: {Quoted.Clean(text)}.",
                "Write at most 28 digits.");
        }
        else if (fault != DecimalTextFault.None)
        {
            Add(
                ref reader, TierFileFault.WrongType, $"The member '{name}' is no number: {Quoted.Of(text)}.",
                RowMend);
        }

        return fault == DecimalTextFault.None;
    }

    /// <summary>A number as it is written.</summary>
    public static string Raw(ref Utf8JsonReader reader) => Encoding.UTF8.GetString(reader.ValueSpan);

    /// <summary>A text, or the name of a member.</summary>
    /// <exception cref="JsonException">It is legal in the grammar and no text.</exception>
    public static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException error)
        {
            // Half of a surrogate pair written as an escape.
            throw new JsonException(error.Message, error);
        }
    }
}

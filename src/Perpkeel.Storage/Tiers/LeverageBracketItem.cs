using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Storage.Tiers;

/// <summary>One symbol of an exchange's answer, while it is read.</summary>
internal sealed class LeverageBracketItem(TierFileFindings findings, JsonPlaces places)
{
    private const string RowMend =
        "Write {\"notionalFloor\": 0, \"notionalCap\": 50000, \"maintMarginRatio\": 0.004, \"cum\": 0, "
        + "\"initialLeverage\": 125}.";

    private static readonly ImmutableArray<string> Required =
        ["notionalFloor", "notionalCap", "maintMarginRatio", "initialLeverage"];

    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private string? _errorCode;
    private string? _errorMessage;

    /// <summary>The symbol; null while none was read.</summary>
    public string? Symbol { get; private set; }

    /// <summary>By what notionals are multiplied.</summary>
    public decimal Coefficient { get; private set; } = 1m;

    /// <summary>Whether a list of brackets was there.</summary>
    public bool HasBrackets { get; private set; }

    /// <summary>Whether all of it could be read.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The brackets.</summary>
    public List<TierRow> Rows { get; } = [];

    /// <summary>Whether it is an error of the exchange instead.</summary>
    public bool IsError => _errorMessage is not null && Symbol is null && !HasBrackets;

    /// <summary>What the exchange said.</summary>
    public string ErrorText =>
        $"{(_errorCode is null ? "" : Quoted.Clean(_errorCode) + " ")}"
        + Quoted.WithoutControls(_errorMessage!).TrimEnd('.');

    /// <summary>Reads the object on which the reader stands, to its end.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader);
            if (name is "symbol" or "brackets" or "notionalCoef" && !_members.Add(name))
            {
                FindTwice(ref reader, name);
            }

            reader.Read();
            ReadMember(ref reader, name);
        }
    }

    private void ReadMember(ref Utf8JsonReader reader, string name)
    {
        switch (name)
        {
            case "symbol" when reader.TokenType == JsonTokenType.String:
                Symbol = Text(ref reader);
                break;
            case "brackets" when reader.TokenType == JsonTokenType.StartArray:
                HasBrackets = true;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) ReadBracket(ref reader);
                break;
            case "notionalCoef":
                ReadCoefficient(ref reader);
                break;
            case "symbol" or "brackets":
                HasBrackets |= name is "brackets";
                Find(
                    ref reader, TierFileFault.WrongType, $"The member '{name}' is no "
                    + $"{(name is "symbol" ? "text" : "list")}.", "Save the exchange's answer as it comes.");
                reader.Skip();
                break;
            case "msg" when reader.TokenType == JsonTokenType.String:
                _errorMessage = Text(ref reader);
                break;
            case "code" when reader.TokenType == JsonTokenType.Number:
                _errorCode = Raw(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadCoefficient(ref Utf8JsonReader reader)
    {
        // An account without a multiplier of its own may be told so by null.
        if (reader.TokenType == JsonTokenType.Null) return;
        if (!TryNumber(ref reader, "notionalCoef", out var value)) return;
        Coefficient = value;
        if (value > 0m) return;
        Find(
            ref reader, TierFileFault.BadCoefficient,
            $"The coefficient {Decimals.Text(value)} is not above 0.",
            "Write what the exchange multiplies notionals by, or leave it out.");
    }

    private void ReadBracket(ref Utf8JsonReader reader)
    {
        var place = places.At(reader.TokenStartIndex);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Find(ref reader, TierFileFault.WrongType, "This is no bracket.", RowMend);
            reader.Skip();
            return;
        }

        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader);
            if (name is not "cum" && !Required.Contains(name, StringComparer.Ordinal))
            {
                reader.Read();
                reader.Skip();
                continue;
            }

            if (!names.Add(name))
            {
                FindTwice(ref reader, name);
            }

            reader.Read();
            if (TryNumber(ref reader, name, out var number)) numbers[name] = number;
        }

        if (AreComplete(place, names) && Required.All(numbers.ContainsKey)) Rows.Add(RowOf(numbers, place));
    }

    private bool AreComplete(TierFilePlace place, HashSet<string> names)
    {
        foreach (var name in Required.Where(name => !names.Contains(name)))
        {
            IsWhole = false;
            findings.Add(
                place, Symbol ?? "", TierFileFault.MissingKey, $"The bracket has no member '{name}'.",
                RowMend);
        }

        return Required.All(names.Contains);
    }

    private static TierRow RowOf(Dictionary<string, decimal> numbers, TierFilePlace place) => new(
        new TierDraft
        {
            Floor = numbers["notionalFloor"],
            Cap = numbers["notionalCap"],
            Rate = numbers["maintMarginRatio"],
            MaxLeverage = numbers["initialLeverage"],
            Amount = numbers.TryGetValue("cum", out var amount) ? amount : null,
        },
        place);

    /// <summary>A number, or a text that is one, to its last digit.</summary>
    private bool TryNumber(ref Utf8JsonReader reader, string name, out decimal number)
    {
        number = 0m;
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            Find(ref reader, TierFileFault.WrongType, $"The member '{name}' is no number.", RowMend);
            reader.Skip();
            return false;
        }

        var text = reader.TokenType == JsonTokenType.Number ? Raw(ref reader) : Text(ref reader);
        var fault = DecimalText.Read(text, out number);
        if (fault == DecimalTextFault.None) return true;
        if (fault == DecimalTextFault.TooManyDigits)
        {
            Find(
                ref reader, TierFileFault.TooManyDigits,
                $"The member '{name}' has more digits than can be reckoned with: {Quoted.Clean(text)}.",
                "Write at most 28 digits.");
        }
        else
        {
            Find(
                ref reader, TierFileFault.WrongType, $"The member '{name}' is no number: {Quoted.Of(text)}.",
                RowMend);
        }

        return false;
    }

    private void FindTwice(ref Utf8JsonReader reader, string name) =>
        Find(ref reader, TierFileFault.DuplicateKey, $"The member '{name}' comes twice.", "Keep one.");

    private void Find(ref Utf8JsonReader reader, TierFileFault fault, string what, string mend)
    {
        IsWhole = false;
        findings.Add(places.At(reader.TokenStartIndex), Symbol ?? "", fault, what, mend);
    }

    private static string Raw(ref Utf8JsonReader reader) => Encoding.UTF8.GetString(reader.ValueSpan);

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException error)
        {
            // Half of a surrogate pair written as an escape: legal in the grammar, no text.
            throw new JsonException(error.Message, error);
        }
    }
}

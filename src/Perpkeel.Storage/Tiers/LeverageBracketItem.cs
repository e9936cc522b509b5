using System.Text.Json;
using Perpkeel.Core.Numbers;
using Perpkeel.Storage.Texts;

namespace Perpkeel.Storage.Tiers;

/// <summary>One symbol of an exchange's answer, while it is read.</summary>
internal sealed class LeverageBracketItem(LeverageBracketFindings findings)
{
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private string? _errorCode;
    private string? _errorMessage;

    /// <summary>The symbol; null while none was read.</summary>
    public string? Symbol => findings.Symbol;

    /// <summary>By what notionals are multiplied.</summary>
    public decimal Coefficient { get; private set; } = 1m;

    /// <summary>Whether a list of brackets was there.</summary>
    public bool HasBrackets { get; private set; }

    /// <summary>Whether all of it could be read.</summary>
    public bool IsWhole => findings.IsEmpty;

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
            var name = LeverageBracketFindings.Text(ref reader);
            if (name is "symbol" or "brackets" or "notionalCoef" && !_members.Add(name))
            {
                findings.AddTwice(ref reader, name);
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
                findings.Symbol = LeverageBracketFindings.Text(ref reader);
                break;
            case "brackets" when reader.TokenType == JsonTokenType.StartArray:
                ReadBrackets(ref reader);
                break;
            case "notionalCoef":
                ReadCoefficient(ref reader);
                break;
            case "symbol" or "brackets":
                HasBrackets |= name is "brackets";
                findings.Add(
                    ref reader, TierFileFault.WrongType, $"The member '{name}' is no "
                    + $"{(name is "symbol" ? "text" : "list")}.", "Save the exchange's answer as it comes.");
                reader.Skip();
                break;
            case "msg" when reader.TokenType == JsonTokenType.String:
                _errorMessage = LeverageBracketFindings.Text(ref reader);
                break;
            case "code" when reader.TokenType == JsonTokenType.Number:
                _errorCode = LeverageBracketFindings.Raw(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadBrackets(ref Utf8JsonReader reader)
    {
        HasBrackets = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (new LeverageBracketRow(findings).Read(ref reader) is { } row) Rows.Add(row);
        }
    }

    private void ReadCoefficient(ref Utf8JsonReader reader)
    {
        // An account without a multiplier of its own may be told so by null.
        if (reader.TokenType == JsonTokenType.Null) return;
        if (!findings.TryNumber(ref reader, "notionalCoef", out var value)) return;
        Coefficient = value;
        if (value > 0m) return;
        findings.Add(
            ref reader, TierFileFault.BadCoefficient,
            $"The coefficient {Decimals.Text(value)} is not above 0.",
            "Write what the exchange multiplies notionals by, or leave it out.");
    }
}

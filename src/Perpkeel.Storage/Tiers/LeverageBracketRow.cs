using System.Collections.Immutable;
using System.Text.Json;
using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Storage.Tiers;

/// <summary>One bracket of an exchange's answer.</summary>
internal sealed class LeverageBracketRow(LeverageBracketFindings findings)
{
    private static readonly ImmutableArray<string> Required =
        ["notionalFloor", "notionalCap", "maintMarginRatio", "initialLeverage"];

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal> _numbers = new(StringComparer.Ordinal);

    /// <summary>
    /// Reads the value on which the reader stands, to its end; null when something was wrong with it, which
    /// was told.
    /// </summary>
    public TierRow? Read(ref Utf8JsonReader reader)
    {
        var place = findings.PlaceOf(ref reader);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            findings.Add(
                place, TierFileFault.WrongType, "This is no bracket.", LeverageBracketFindings.RowMend);
            reader.Skip();
            return null;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject) ReadMember(ref reader);
        foreach (var name in Required.Where(name => !_names.Contains(name)))
        {
            findings.Add(
                place, TierFileFault.MissingKey, $"The bracket has no member '{name}'.",
                LeverageBracketFindings.RowMend);
        }

        return Required.All(_numbers.ContainsKey) ? new TierRow(Draft(), place) : null;
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        var name = LeverageBracketFindings.Text(ref reader);
        var isKnown = name is "cum" || Required.Contains(name, StringComparer.Ordinal);
        if (isKnown && !_names.Add(name)) findings.AddTwice(ref reader, name);
        reader.Read();
        if (!isKnown) reader.Skip();
        else if (findings.TryNumber(ref reader, name, out var number)) _numbers[name] = number;
    }

    private TierDraft Draft() => new()
    {
        Floor = _numbers["notionalFloor"],
        Cap = _numbers["notionalCap"],
        Rate = _numbers["maintMarginRatio"],
        MaxLeverage = _numbers["initialLeverage"],
        Amount = _numbers.TryGetValue("cum", out var amount) ? amount : null,
    };
}

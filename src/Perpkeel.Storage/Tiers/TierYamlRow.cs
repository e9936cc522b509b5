using System.Collections.Immutable;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using YamlDotNet.Core.Events;

namespace Perpkeel.Storage.Tiers;

/// <summary>One tier of a YAML file.</summary>
internal sealed class TierYamlRow(TierYamlEvents events, string symbol)
{
    /// <summary>How a list of tiers is written.</summary>
    public const string ListMend =
        "Write tiers as list items: - { floor: 0, cap: 50000, rate: 0.004, leverage: 125 }";

    private const string Keys = "floor, cap, rate, amount, leverage";
    private static readonly ImmutableArray<(string Key, string Example)> Required =
        [("floor", "0"), ("cap", "50000"), ("rate", "0.004"), ("leverage", "125")];

    private readonly Dictionary<string, decimal> _numbers = new(StringComparer.Ordinal);

    /// <summary>The tier; null when something was wrong with it, which was told.</summary>
    public TierRow? Read()
    {
        var start = events.Current.Start;
        var keys = events.ReadMapping(symbol, ReadEntry);
        foreach (var (key, example) in Required)
        {
            if (keys.Contains(key)) continue;
            events.Find(
                start, symbol, TierFileFault.MissingKey, $"The tier has no {key}.",
                $"Write it, e.g. {key}: {example}");
        }

        if (!Required.All(required => _numbers.ContainsKey(required.Key))) return null;
        var draft = new TierDraft
        {
            Floor = _numbers["floor"],
            Cap = _numbers["cap"],
            Rate = _numbers["rate"],
            MaxLeverage = _numbers["leverage"],
            Amount = _numbers.TryGetValue("amount", out var amount) ? amount : null,
        };
        return new TierRow(draft, events.PlaceOf(start));
    }

    private void ReadEntry(Scalar key)
    {
        var name = key.Value;
        if (name is not ("floor" or "cap" or "rate" or "amount" or "leverage"))
        {
            events.FindUnknown(key, symbol, Keys);
            return;
        }

        var mend = name.Equals("amount", StringComparison.Ordinal)
            ? "Write a number, or leave the key out: then it is derived."
            : $"Write a number, e.g. {ExampleOf(name)}.";
        if (!events.TryNextValue(symbol, key, mend, out var value)) return;
        if (value.Style != YamlDotNet.Core.ScalarStyle.Plain || !value.Tag.IsEmpty)
        {
            events.Find(
                value.Start, symbol, TierFileFault.WrongType,
                $"The {name} \"{Quoted.Clean(value.Value)}\" is a text, not a number.",
                "Write the number without quotes.");
            return;
        }

        switch (DecimalText.Read(value.Value, out var number))
        {
            case DecimalTextFault.None:
                _numbers[name] = number;
                break;
            case DecimalTextFault.TooManyDigits:
                events.Find(
                    value.Start, symbol, TierFileFault.TooManyDigits,
                    $"The {name} {Quoted.Of(value.Value)} has more digits than can be reckoned with.",
                    "Write at most 28 digits.");
                break;
            default:
                events.Find(
                    value.Start, symbol, TierFileFault.WrongType,
                    $"The {name} {Quoted.Of(value.Value)} is no number.", Suggestion(value.Value) ?? mend);
                break;
        }
    }

    private static string ExampleOf(string name) => Required
        .First(required => required.Key.Equals(name, StringComparison.Ordinal)).Example;

    /// <summary>What a human may have meant: percent, separators, an x behind the leverage.</summary>
    private static string? Suggestion(string text)
    {
        if (text.EndsWith('%') && IsNumber(text[..^1].TrimEnd(), out var percent))
        {
            return $"Write the fraction: {Decimals.Text(percent / 100m)}.";
        }

        if (text.EndsWith('x') && IsNumber(text[..^1].TrimEnd(), out var times))
        {
            return $"Write {Decimals.Text(times)}.";
        }

        var bare = string.Concat(text.Where(letter => letter is not ('_' or ',' or ' ' or '\'' or '$')));
        return IsNumber(bare, out var number)
            ? $"Write it without separators: {Decimals.Text(number)}."
            : null;
    }

    private static bool IsNumber(string text, out decimal number) =>
        DecimalText.Read(text, out number) == DecimalTextFault.None;
}

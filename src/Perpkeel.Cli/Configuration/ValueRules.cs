using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Configuration;

/// <summary>Which values a key takes: reads, writes and describes them, also as a JSON schema.</summary>
internal abstract class ValueRule<T>
    where T : notnull
{
    /// <summary>What is expected, to follow "write": "a number from 1 to 5".</summary>
    public abstract string Expected { get; }

    public abstract Result<T, Complaint> Parse(Setting setting);

    /// <summary>The value as YAML.</summary>
    public abstract string Format(T value);

    /// <summary>The value as JSON.</summary>
    public abstract JsonNode ToJson(T value);

    /// <summary>The rule as members of a JSON schema.</summary>
    public abstract JsonObject Schema();

    protected Complaint Wrong(Setting setting, string what, ConfigFault fault = ConfigFault.WrongType)
    {
        var mend = setting.IsQuoted && fault == ConfigFault.WrongType
            ? $"Write {Expected}, without quotes."
            : $"Write {Expected}.";
        return new Complaint(fault, $"{setting.InQuotes} is {what}.", mend);
    }
}

/// <summary>A number in a range, whole where its type is.</summary>
internal sealed class NumberRule<T>(T min, T max) : ValueRule<T>
    where T : struct, INumber<T>
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private static readonly bool IsWhole = typeof(T) != typeof(decimal);

    public override string Expected =>
        $"a {(IsWhole ? "whole " : "")}number from {Format(min)} to {Format(max)}";

    public override Result<T, Complaint> Parse(Setting setting)
    {
        if (setting.IsQuoted) return Wrong(setting, "a text, not a number");
        if (!decimal.TryParse(setting.Text, Style, CultureInfo.InvariantCulture, out var number))
        {
            return Wrong(setting, "not a number");
        }

        if (IsWhole && !decimal.IsInteger(number)) return Wrong(setting, "not a whole number");
        if (number < decimal.CreateChecked(min)) return Wrong(setting, "too small", ConfigFault.OutOfRange);
        if (number > decimal.CreateChecked(max)) return Wrong(setting, "too large", ConfigFault.OutOfRange);
        return T.CreateChecked(number);
    }

    public override string Format(T value) => value.ToString(format: null, CultureInfo.InvariantCulture);

    public override JsonNode ToJson(T value) => JsonValue.Create(value)!;

    public override JsonObject Schema() => new()
    {
        ["type"] = IsWhole ? "integer" : "number",
        ["minimum"] = ToJson(min),
        ["maximum"] = ToJson(max),
    };
}

/// <summary>One of some words.</summary>
internal sealed class ChoiceRule(params IReadOnlyList<string> choices) : ValueRule<string>
{
    public override string Expected =>
        choices.Count == 1 ? choices[0] : $"one of {string.Join(", ", choices)}";

    public override Result<string, Complaint> Parse(Setting setting) =>
        choices.Contains(setting.Text, StringComparer.Ordinal)
            ? setting.Text
            : new Complaint(
                ConfigFault.OutOfRange, $"{setting.InQuotes} is not known.", $"Write {Expected}.");

    public override string Format(string value) => value;

    public override JsonNode ToJson(string value) => JsonValue.Create(value);

    public override JsonObject Schema() => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. choices.Select(choice => JsonValue.Create(choice))]),
    };
}

/// <summary>Yes or no.</summary>
internal sealed class FlagRule : ValueRule<bool>
{
    public override string Expected => "true or false";

    public override Result<bool, Complaint> Parse(Setting setting) => (setting.IsQuoted, setting.Text) switch
    {
        (true, _) => Wrong(setting, "a text, not a yes or no"),
        (_, "true") => true,
        (_, "false") => false,
        _ => Wrong(setting, "not a yes or no"),
    };

    public override string Format(bool value) => value ? "true" : "false";

    public override JsonNode ToJson(bool value) => JsonValue.Create(value);

    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}

/// <summary>A factor, or <c>max</c>.</summary>
internal sealed class SpeedRule(decimal min, decimal max) : ValueRule<RunSpeed>
{
    private const string Fastest = "max";

    private readonly NumberRule<decimal> _factor = new(min, max);

    public override string Expected => $"{_factor.Expected}, or {Fastest}";

    public override Result<RunSpeed, Complaint> Parse(Setting setting)
    {
        if (string.Equals(setting.Text, Fastest, StringComparison.Ordinal)) return RunSpeed.Max;
        return _factor.Parse(setting).TryGet(out var factor, out var complaint)
            ? new RunSpeed(factor)
            : complaint with { Mend = $"Write {Expected}." };
    }

    public override string Format(RunSpeed value) =>
        value.Factor is { } factor ? _factor.Format(factor) : Fastest;

    public override JsonNode ToJson(RunSpeed value) =>
        value.Factor is { } factor ? _factor.ToJson(factor) : JsonValue.Create(Fastest);

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(_factor.Schema(), new JsonObject { ["const"] = Fastest }),
    };
}

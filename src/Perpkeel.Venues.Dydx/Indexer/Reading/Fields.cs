using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Perpkeel.Venues.Dydx.Indexer.Reading;

/// <summary>Collects what is wrong with a message; the first fault is kept.</summary>
internal sealed class Findings
{
    /// <summary>The first fault; null while all is well.</summary>
    public FieldFault? First { get; private set; }

    public void Add(string field, string reason) => First ??= new FieldFault(field, reason);
}

/// <summary>A step of the way from the document to a field.</summary>
internal sealed record FieldPath(FieldPath? Parent, string Name)
{
    public override string ToString() => Parent is null ? Name
        : Parent.Name.Length == 0 || Name.StartsWith('[') ? $"{Parent}{Name}" : $"{Parent}.{Name}";

    public FieldPath At(string name) => new(this, name);

    public FieldPath At(int index) => new(this, FormattableString.Invariant($"[{index}]"));
}

/// <summary>
/// The fields of one object. A field that is not as it must be is noted with its place and read as a
/// harmless value, so that a record is read in one go and judged once. Fields that nobody asks for are passed
/// over; null is the same as absent; numbers may be texts and texts numbers.
/// </summary>
internal readonly struct Fields(JsonElement element, FieldPath path, Findings findings)
{
    /// <summary>Whether a field is there and not null.</summary>
    public bool Has(string name) => TryFind(name, out _);

    public string Text(string name) => TextOr(name) ?? Missing(name, string.Empty);

    public string? TextOr(string name)
    {
        if (!TryFind(name, out var found)) return null;
        if (found.ValueKind == JsonValueKind.Number) return found.GetRawText();
        if (found.ValueKind != JsonValueKind.String) return Wrong<string?>(name, "is no text", null);
        return Words(found) ?? Wrong<string?>(name, "holds letters that are none", null);
    }

    public decimal Decimal(string name) => DecimalOr(name) ?? Missing(name, 0m);

    public decimal? DecimalOr(string name)
    {
        if (!TryFind(name, out var found)) return null;
        return TryDigits(found, out var digits) && Utf8Number.TryDecimal(digits, out var value)
            ? value
            : Wrong(name, "is no decimal", 0m);
    }

    /// <summary>A price, which is never below zero.</summary>
    public decimal? NotNegativeOr(string name) =>
        DecimalOr(name) is not { } value ? null
        : value >= 0m ? value
        : Wrong(name, "is below zero", 0m);

    public decimal NotNegative(string name) => NotNegativeOr(name) ?? Missing(name, 0m);

    public long Whole(string name) => WholeOr(name) ?? Missing(name, 0L);

    public long? WholeOr(string name)
    {
        if (!TryFind(name, out var found)) return null;
        return TryDigits(found, out var digits) && Utf8Number.TryCount(digits, GridUnit.One, out var value)
            ? value
            : Wrong(name, "is no whole number", 0L);
    }

    public int Int(string name) => IntOr(name) ?? Missing(name, 0);

    public int? IntOr(string name) =>
        Within(name, int.MinValue, int.MaxValue) is { } value ? (int)value : null;

    public uint UInt(string name) => UIntOr(name) ?? Missing(name, 0U);

    public uint? UIntOr(string name) => Within(name, 0, uint.MaxValue) is { } value ? (uint)value : null;

    public bool? FlagOr(string name)
    {
        if (!TryFind(name, out var found)) return null;
        return found.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Wrong(name, "is neither true nor false", false),
        };
    }

    public bool Flag(string name) => FlagOr(name) ?? Missing(name, false);

    public DateTimeOffset Time(string name) => TimeOr(name) ?? Missing(name, DateTimeOffset.UnixEpoch);

    public DateTimeOffset? TimeOr(string name)
    {
        if (!TryFind(name, out var found)) return null;
        return found.ValueKind == JsonValueKind.String && TryDigits(found, out var letters)
            && Utf8Time.TryRead(letters, out var time)
            ? time
            : Wrong(name, "is no time as 2026-01-02T03:04:05.678Z", DateTimeOffset.UnixEpoch);
    }

    public Named<T> Named<T>(string name)
        where T : struct, Enum => new(Text(name));

    public Named<T>? NamedOr<T>(string name)
        where T : struct, Enum => TextOr(name) is { } text ? new Named<T>(text) : null;

    /// <summary>An object; one without fields where it is missing.</summary>
    public Fields Object(string name)
    {
        var at = path.At(name);
        if (!TryFind(name, out var found)) findings.Add(at.ToString(), "is missing");
        else if (found.ValueKind != JsonValueKind.Object) findings.Add(at.ToString(), "is no object");
        return new Fields(found, at, findings);
    }

    public T? ObjectOr<T>(string name, Func<Fields, T> read)
        where T : class => Has(name) ? read(Object(name)) : null;

    public ImmutableArray<T> List<T>(string name, Func<Fields, T> read) =>
        Has(name) ? ListOr(name, read) : Missing(name, ImmutableArray<T>.Empty);

    public ImmutableArray<T> ListOr<T>(string name, Func<Fields, T> read) =>
        TryFind(name, out var found) ? Each(found, path.At(name), findings, read) : [];

    /// <summary>An object whose names are keys, in the order in which they come.</summary>
    public ImmutableArray<T> Map<T>(string name, Func<string, Fields, T> read) =>
        Has(name) ? MapOr(name, read) : Missing(name, ImmutableArray<T>.Empty);

    public ImmutableArray<T> MapOr<T>(string name, Func<string, Fields, T> read) =>
        Has(name) ? Object(name).All(read) : [];

    /// <summary>This object as a map.</summary>
    public ImmutableArray<T> All<T>(Func<string, Fields, T> read)
    {
        if (element.ValueKind != JsonValueKind.Object) return [];
        var all = ImmutableArray.CreateBuilder<T>();
        foreach (var property in element.EnumerateObject())
        {
            if (findings.First is not null) break;
            if (Name(property) is not { } key)
            {
                findings.Add(path.ToString(), "has a name of letters that are none");
                break;
            }

            if (property.Value.ValueKind == JsonValueKind.Null) continue;
            var at = path.At(key);
            if (property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            {
                findings.Add(at.ToString(), "is no object");
            }

            all.Add(read(key, new Fields(property.Value, at, findings)));
        }

        return all.ToImmutable();
    }

    /// <summary>This value as a list of objects.</summary>
    public ImmutableArray<T> Each<T>(Func<Fields, T> read) => Each(element, path, findings, read);

    /// <summary>This value as a list of decimals.</summary>
    public ImmutableArray<decimal> Decimals()
    {
        if (element.ValueKind != JsonValueKind.Array) return [];
        var all = ImmutableArray.CreateBuilder<decimal>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray())
        {
            if (TryDigits(item, out var digits) && Utf8Number.TryDecimal(digits, out var value))
            {
                all.Add(value);
            }
            else
            {
                findings.Add(path.At(all.Count).ToString(), "is no decimal");
                break;
            }
        }

        return all.ToImmutable();
    }

    private static ImmutableArray<T> Each<T>(
        JsonElement array, FieldPath path, Findings findings, Func<Fields, T> read)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            findings.Add(path.ToString(), "is no list");
            return [];
        }

        var all = ImmutableArray.CreateBuilder<T>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            if (findings.First is not null) break;
            var at = path.At(all.Count);
            if (item.ValueKind != JsonValueKind.Object) findings.Add(at.ToString(), "is no object");
            all.Add(read(new Fields(item, at, findings)));
        }

        return all.ToImmutable();
    }

    /// <summary>The letters of a number or of a text without escapes, as they came.</summary>
    private static bool TryDigits(JsonElement value, out ReadOnlySpan<byte> digits)
    {
        digits = [];
        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)) return false;
        digits = JsonMarshal.GetRawUtf8Value(value);
        if (value.ValueKind == JsonValueKind.String) digits = digits[1..^1];
        return true;
    }

    /// <summary>Half of a pair of letters, or bytes that are no letters, have no text.</summary>
    private static string? Words(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private bool TryFind(string name, out JsonElement found)
    {
        found = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out found)
            && found.ValueKind != JsonValueKind.Null;
    }

    private long? Within(string name, long least, long most) =>
        WholeOr(name) is not { } value ? null
        : value >= least && value <= most ? value
        : Wrong(name, "is out of range", 0L);

    private T Missing<T>(string name, T instead) => Wrong(name, "is missing", instead);

    private T Wrong<T>(string name, string reason, T instead)
    {
        findings.Add(path.At(name).ToString(), reason);
        return instead;
    }
}

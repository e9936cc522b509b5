using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Perpkeel.Cli.Margin;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Dydx.Reading;

/// <summary>A column of what is told: for people its heading, for programs its name.</summary>
/// <param name="Name">E.g. <c>oraclePrice</c>.</param>
/// <param name="IsText">Whether it is no number.</param>
/// <param name="Value">A text, a number, a time, a flag or nothing.</param>
internal sealed record Column<T>(string Name, bool IsText, Func<T, object?> Value);

/// <summary>Rows told as a table, or as one JSON object each; both from the same columns.</summary>
/// <param name="name">What a row is; the member <c>event</c> of its object.</param>
/// <param name="columns">The columns.</param>
internal sealed class Sheet<T>(string name, params ImmutableArray<Column<T>> columns)
{
    private readonly string _name = name;
    private readonly ImmutableArray<Column<T>> _columns = columns;

    /// <summary>Tells all rows, or that there are none.</summary>
    public void Tell(Surroundings surroundings, bool isJson, IReadOnlyCollection<T> rows)
    {
        if (isJson)
        {
            foreach (var row in rows) surroundings.Tell(Json(row).ToJsonString());
            return;
        }

        if (rows.Count == 0)
        {
            surroundings.Tell($"No {_name}.");
            return;
        }

        var table = new TextTable([.. _columns.Select(one => one.IsText ? $"<{one.Name}" : one.Name)]);
        foreach (var row in rows)
        {
            table.Add(isMarked: false, [.. _columns.Select(one => Text(one.Value(row)))]);
        }

        table.Write(surroundings);
    }

    /// <summary>A row as an object.</summary>
    public JsonObject Json(T row)
    {
        var json = new JsonObject { ["event"] = _name };
        foreach (var column in _columns) json[column.Name] = Node(column.Value(row));
        return json;
    }

    private static JsonValue? Node(object? value) => value switch
    {
        null => null,
        decimal number => JsonValue.Create(number),
        int number => JsonValue.Create(number),
        uint number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        _ => JsonValue.Create(Text(value)),
    };

    /// <summary>Words of others must not steer a terminal.</summary>
    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        decimal number => Decimals.Text(number),
        bool flag => flag ? "yes" : "no",
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => new string(
        [
            .. (Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty)
                .Select(letter => char.IsControl(letter) ? ' ' : letter),
        ]),
    };
}

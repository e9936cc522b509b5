using System.Globalization;
using System.Text;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>One question: a path and its parameters, checked before anything is sent.</summary>
internal sealed class Question(string path, LimitBucket bucket = LimitBucket.General)
{
    /// <summary>Rows of an answer at most.</summary>
    public const int MostRows = 1_000;

    private readonly StringBuilder _query = new();

    public string Path => path;

    public LimitBucket Bucket => bucket;

    public string PathAndQuery => path + _query;

    /// <summary>What is wrong with it.</summary>
    public IndexerError? Fault { get; private set; }

    public Question With(string name, string? value)
    {
        if (value is null) return this;
        _query.Append(_query.Length == 0 ? '?' : '&').Append(name).Append('=')
            .Append(Uri.EscapeDataString(value));
        return this;
    }

    public Question With(string name, long? value) =>
        With(name, value?.ToString(CultureInfo.InvariantCulture));

    public Question With(string name, bool? value) =>
        With(name, value is { } flag ? flag ? "true" : "false" : null);

    public Question With(string name, DateTimeOffset? value) => With(
        name,
        value?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public Question With<T>(string name, T? value)
        where T : struct, Enum => With(name, value is { } word ? WireWords<T>.Of(word) : null);

    public Question With<T>(string name, IReadOnlyCollection<T> words)
        where T : struct, Enum =>
        words.Count == 0 ? this : With(name, string.Join(',', words.Select(WireWords<T>.Of)));

    /// <summary>The number of rows; one to a thousand.</summary>
    public Question Limit(int? rows)
    {
        if (rows is < 1 or > MostRows) Refuse("limit", $"give 1 to {MostRows}");
        return With("limit", rows);
    }

    public Question Refuse(string name, string reason)
    {
        Fault ??= new IndexerError.BadQuestion(name, reason);
        return this;
    }

    /// <summary>A part of a path: a name of a market, an id.</summary>
    public static string Part(string text) => Uri.EscapeDataString(text);
}

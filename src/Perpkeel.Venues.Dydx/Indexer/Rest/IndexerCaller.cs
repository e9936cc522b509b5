using System.Globalization;
using System.Text.Json;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Reading;
using Perpkeel.Venues.Http;

namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>Asks, waits for its turn, asks again where that may help, and reads the answer.</summary>
internal sealed class IndexerCaller(IndexerSettings settings, IHttpExchange exchange, TimeProvider time)
{
    /// <summary>Letters of the venue's words that are passed on.</summary>
    private const int MostWords = 300;

    /// <summary>Milliseconds since 1970 that are still an instant.</summary>
    private const long MostMs = 1L << 47;

    private static readonly TimeSpan FirstRest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private readonly RequestLimits _limits = new(time);

    public IndexerSettings Settings => settings;

    public TimeProvider Time => time;

    /// <summary>Asks until there is an answer, or an error that stays.</summary>
    public async Task<Result<T, IndexerError>> AskAsync<T>(
        Question question, Func<Fields, T> read, CancellationToken cancellation)
        where T : notnull
    {
        if (question.Fault is { } fault) return fault;
        for (var tries = 1; ; tries++)
        {
            if (!_limits[question.Bucket].TryTake(settings.MostWait, out var wait))
            {
                return new IndexerError.Crowded(wait);
            }

            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellation);
            var asked = await OnceAsync(question, read, cancellation);
            if (asked.TryGet(out _, out var error) || !error.MayPass || tries >= settings.MostTries)
            {
                return asked;
            }

            var rest = error is IndexerError.RateLimited { RetryAfter: { } told } ? told : Rest(tries);
            if (rest > settings.MostWait) return error;
            await Task.Delay(rest, time, cancellation);
        }
    }

    /// <summary>What an answer says; nothing is asked.</summary>
    internal static Result<T, IndexerError> Read<T>(
        string path, ReadOnlyMemory<byte> body, Func<Fields, T> read)
        where T : notnull
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var findings = new Findings();
            var value = read(new Fields(document.RootElement, new FieldPath(null, string.Empty), findings));
            return findings.First is { } fault ? new IndexerError.Malformed(path, fault) : value;
        }
        catch (JsonException error)
        {
            return new IndexerError.Malformed(
                path, new FieldFault(FieldFault.Document, Plain(error.Message)));
        }
    }

    /// <summary>
    /// Words of others for our own texts: short, and without letters that steer a terminal.
    /// </summary>
    internal static string Plain(string words)
    {
        var plain = new string(
            [.. words.Take(MostWords).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return plain.Trim().TrimEnd('.');
    }

    private static TimeSpan Rest(int tries)
    {
        var rest = FirstRest * (1 << Math.Min(tries - 1, 10));
        return rest < LongestRest ? rest : LongestRest;
    }

    private async Task<Result<T, IndexerError>> OnceAsync<T>(
        Question question, Func<Fields, T> read, CancellationToken cancellation)
        where T : notnull
    {
        var ask = new HttpAsk
        {
            Address = new Uri(settings.Rest.AbsoluteUri.TrimEnd('/') + question.PathAndQuery),
            Method = "GET",
            Head = [new HttpLine("accept", "application/json")],
            Timeout = settings.Timeout,
            MostBytes = settings.MostBytes,
        };
        if (!(await exchange.ExchangeAsync(ask, cancellation)).TryGet(out var reply, out var fault))
        {
            return new IndexerError.Unreachable(settings.Rest.Host, fault.Reason);
        }

        Heed(question.Bucket, reply);
        if (reply.Status == 200) return Read(question.Path, reply.Body, read);
        var error = Error(reply);

        // Who is told to be patient is so with all questions of that kind.
        if (error is IndexerError.RateLimited { RetryAfter: { } patience }) Hold(question.Bucket, patience);
        return error;
    }

    /// <summary>The Indexer says when its window ends, in milliseconds since 1970.</summary>
    private void Heed(LimitBucket bucket, HttpReply reply)
    {
        if (reply.Line("ratelimit-remaining")?.Trim() is not "0") return;
        if (Number(reply.Line("ratelimit-reset")) is not { } reset) return;
        Hold(bucket, DateTimeOffset.UnixEpoch + TimeSpan.FromMilliseconds(reset) - time.GetUtcNow());
    }

    /// <summary>A clock that is wrong must not hold us up for longer than a window could last.</summary>
    private void Hold(LimitBucket bucket, TimeSpan wait) =>
        _limits[bucket].HoldUntil(time.GetUtcNow() + (wait < settings.MostWait ? wait : settings.MostWait));

    private static IndexerError Error(HttpReply reply)
    {
        var words = Words(reply.Body);
        return reply.Status switch
        {
            400 => new IndexerError.Refused(words),
            403 => new IndexerError.Blocked(words),
            404 => new IndexerError.NotFound(words),
            429 => new IndexerError.RateLimited(
                Number(reply.Line("retry-after")) is { } wait ? TimeSpan.FromMilliseconds(wait) : null),
            >= 500 => new IndexerError.Down(reply.Status, words),
            _ => new IndexerError.Strange(reply.Status, words),
        };
    }

    /// <summary>Milliseconds, where another venue would mean seconds.</summary>
    private static long? Number(string? text) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value < MostMs
            ? value
            : null;

    private static string Words(ReadOnlyMemory<byte> body)
    {
        static string Of(Fields f) => string.Join(
            "; ", f.List("errors", one =>
                one.TextOr("param") is { } param ? $"{param}: {one.Text("msg")}" : one.Text("msg")));
        return Read("error", body, Of).TryGet(out var words, out _) && words.Length > 0
            ? Plain(words)
            : "no reason given";
    }
}

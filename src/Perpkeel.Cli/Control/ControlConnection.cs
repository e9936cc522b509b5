using System.Net.Sockets;
using System.Text.Json;

namespace Perpkeel.Cli.Control;

/// <summary>One client: a request, its answer, the next request, until it leaves or breaks a rule.</summary>
internal sealed class ControlConnection(
    Socket socket, ControlInbox inbox, ControlLimits limits, TimeProvider wall)
{
    private readonly SocketLines _lines = new(socket, ControlLimits.MostRequestBytes);

    /// <summary>Serves it until it is over; a connection that fails is just over.</summary>
    public async Task ServeAsync(CancellationToken cancellation)
    {
        try
        {
            while (await ServeNextAsync(cancellation))
            {
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // The client has gone or does not read, or the run ends: there is nobody to tell.
            return;
        }
    }

    /// <summary>Tells a client something and no more.</summary>
    public static async Task DismissAsync(
        Socket socket, ControlError error, ControlLimits limits, TimeProvider wall)
    {
        try
        {
            await SendAsync(socket, ControlAnswer.Of(error), limits, wall);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            // It has gone already.
            return;
        }
    }

    private async Task<bool> ServeNextAsync(CancellationToken cancellation)
    {
        var (line, error) = await ReadAsync(cancellation);
        if (error is not null) await SendAsync(socket, ControlAnswer.Of(error), limits, wall);
        if (line is not { } bytes) return false;
        await SendAsync(socket, await AnswerAsync(bytes), limits, wall);
        return true;
    }

    /// <summary>
    /// The next line; null where the connection is to end, with the reason if it is an error.
    /// </summary>
    private async Task<(ReadOnlyMemory<byte>? Line, ControlError? Error)> ReadAsync(
        CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(limits.RequestTime, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            var line = await _lines.NextAsync(either.Token);
            return line.Kind switch
            {
                LineEnd.Line => (line.Bytes, null),
                LineEnd.TooLong => (null, ControlError.TooLong),
                _ => (null, null),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Who asks nothing for so long has no more to ask; who began a line is told.
            return (null, _lines.HasBegun ? ControlError.TooSlow : null);
        }
    }

    private async Task<ControlAnswer> AnswerAsync(ReadOnlyMemory<byte> line)
    {
        if (Parse(line) is not { } request) return ControlAnswer.Of(ControlError.Malformed("not an object"));
        if (request.Error is { } error) return ControlAnswer.Of(error) with { Id = request.Request?.Id };
        var asked = request.Request!;
        try
        {
            var answer = await inbox.AskAsync(asked)
                .WaitAsync(limits.AnswerTime, wall, CancellationToken.None);
            return answer with { Id = asked.Id };
        }
        catch (TimeoutException)
        {
            return ControlAnswer.Of(ControlError.NoAnswerYet) with { Id = asked.Id };
        }
    }

    private static (ControlRequest? Request, ControlError? Error)? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            var request = JsonSerializer.Deserialize(line.Span, ControlJson.Default.ControlRequest);
            if (request is null) return null;
            return request.Version == ControlLimits.Version
                ? (request, null)
                : (request, ControlError.WrongVersion(request.Version));
        }
        catch (JsonException error)
        {
            return (null, ControlError.Malformed(error.Message));
        }
    }

    private static async Task SendAsync(
        Socket socket, ControlAnswer answer, ControlLimits limits, TimeProvider wall)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, ControlJson.Default.ControlAnswer);
        ReadOnlyMemory<byte> line = (byte[])[.. json, (byte)'\n'];
        using var late = new CancellationTokenSource(limits.WriteTime, wall);
        while (!line.IsEmpty)
        {
            var sent = await socket.SendAsync(line, SocketFlags.None, late.Token);
            line = line[sent..];
        }
    }
}

using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Control;

/// <summary>Why a run gave no answer. A closed family.</summary>
internal abstract record ControlSilence
{
    private ControlSilence()
    {
    }

    /// <summary>Nobody listens: no run is there.</summary>
    internal sealed record NoRun : ControlSilence;

    /// <summary>Something listens, but no answer came that could be read.</summary>
    /// <param name="Why">What happened, as a sentence.</param>
    internal sealed record NoAnswer(string Why) : ControlSilence;
}

/// <summary>Asks the run of a folder.</summary>
internal sealed class ControlClient(TimeProvider wall)
{
    /// <summary>How long an answer may take that the run can give at once.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(5);

    /// <summary>Asks one thing; what was asked may happen also where no answer comes.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="kind">What is asked.</param>
    /// <param name="arguments">With what.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Result<ControlAnswer, ControlSilence>> AskAsync(
        string folder, string kind, JsonElement? arguments, TimeSpan patience,
        CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(patience, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            if (ControlPlace.Find(folder) is not { } path) return new ControlSilence.NoRun();
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            if (!await ConnectAsync(socket, path, either.Token)) return new ControlSilence.NoRun();
            var request = new ControlRequest(ControlLimits.Version, kind, arguments, "1");
            return await AskAsync(socket, request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ControlSilence.NoAnswer(
                $"The run does not answer within {patience.TotalSeconds:0.#} s; it may be suspended.");
        }
        catch (Exception error) when (
            error is SocketException or IOException or UnauthorizedAccessException or JsonException
                or ArgumentException)
        {
            return new ControlSilence.NoAnswer($"The run cannot be asked: {error.Message}");
        }
    }

    private static async Task<bool> ConnectAsync(Socket socket, string path, CancellationToken cancellation)
    {
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return true;
        }
        catch (SocketException error) when (
            error.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable)
        {
            return false;
        }
    }

    private static async Task<Result<ControlAnswer, ControlSilence>> AskAsync(
        Socket socket, ControlRequest request, CancellationToken cancellation)
    {
        var json = JsonSerializer.Serialize(request, ControlJson.Default.ControlRequest);
        ReadOnlyMemory<byte> line = Encoding.UTF8.GetBytes(json + "\n");
        while (!line.IsEmpty)
        {
            line = line[await socket.SendAsync(line, SocketFlags.None, cancellation)..];
        }

        var answer = await new SocketLines(socket, ControlLimits.MostAnswerBytes).NextAsync(cancellation);
        if (answer.Kind != LineEnd.Line)
        {
            return new ControlSilence.NoAnswer("The run ended the connection without an answer.");
        }

        return JsonSerializer.Deserialize(answer.Bytes.Span, ControlJson.Default.ControlAnswer) is { } told
            ? told
            : new ControlSilence.NoAnswer("The run answered with nothing.");
    }
}

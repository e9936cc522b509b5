using System.Globalization;
using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Http;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>One question and one answer of gRPC, over HTTP/2.</summary>
/// <remarks>Source: the wire format of gRPC over HTTP/2.</remarks>
internal sealed class UnaryCall(IHttpExchange exchange, TimeSpan timeout, int mostBytes)
{
    private const string Grpc = "application/grpc";
    private const int OkStatus = 200;
    private const int Redirect = 300;
    private const int RequestTimeout = 408;
    private const int ClientClosed = 499;
    private const int ServerFault = 500;

    /// <summary>Calls a method of an endpoint.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="method">Full name, e.g. <c>cosmos.tx.v1beta1.Service/GetTx</c>.</param>
    /// <param name="question">The question.</param>
    /// <param name="answers">Reads the answer.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Result<T, NodeError>> AskAsync<T>(
        NodeEndpoint endpoint, string method, IMessage question, MessageParser<T> answers,
        CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        var ask = new HttpAsk
        {
            Address = new Uri(endpoint.Address, method),
            Method = "POST",
            Head =
            [
                new("content-type", Grpc),
                new("te", "trailers"),
                new("grpc-timeout", Milliseconds(timeout)),
            ],
            Body = GrpcFrame.Write(question.ToByteArray()),
            NeedsHttp2 = true,
            Timeout = timeout,
            MostBytes = mostBytes,
        };
        var exchanged = await exchange.ExchangeAsync(ask, cancellation);
        if (!exchanged.TryGet(out var reply, out var fault))
        {
            return fault.MayHaveArrived
                ? new NodeError.NoAnswer(endpoint, fault.Reason)
                : new NodeError.Unreachable(endpoint, fault.Reason);
        }

        return Read(endpoint, reply, answers);
    }

    /// <summary>
    /// Whether somebody behind the answer may have taken the request: a server that failed, a proxy that ran
    /// out of time, and one that says yes in another way than gRPC does.
    /// </summary>
    private static bool MayHaveArrived(int status) =>
        status is < Redirect or RequestTimeout or ClientClosed or >= ServerFault;

    private static Result<T, NodeError> Read<T>(
        NodeEndpoint endpoint, HttpReply reply, MessageParser<T> answers)
        where T : class, IMessage<T>
    {
        if (reply.Status != OkStatus)
        {
            return new NodeError.NotGrpc(
                endpoint, FormattableString.Invariant($"HTTP status {reply.Status}"),
                MayHaveArrived(reply.Status));
        }

        var kind = reply.Line("content-type") ?? string.Empty;
        if (!kind.StartsWith(Grpc, StringComparison.OrdinalIgnoreCase))
        {
            return new NodeError.NotGrpc(endpoint, $"content of the kind '{kind}'", MayHaveArrived: true);
        }

        if (!int.TryParse(
            reply.Line("grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return new NodeError.NoAnswer(endpoint, "it broke off before the status");
        }

        if (status != (int)GrpcStatus.Ok)
        {
            var text = Uri.UnescapeDataString(reply.Line("grpc-message") ?? string.Empty);
            return new NodeError.Refused(endpoint, (GrpcStatus)status, text);
        }

        if (!GrpcFrame.TryRead(reply.Body, out var message, out var fault))
        {
            return new NodeError.NoAnswer(endpoint, fault);
        }

        try
        {
            return answers.ParseFrom(message.Span);
        }
        catch (InvalidProtocolBufferException error)
        {
            return new NodeError.NoAnswer(endpoint, $"the message cannot be read ({error.Message})");
        }
    }

    private static string Milliseconds(TimeSpan span) => string.Create(
        CultureInfo.InvariantCulture, $"{Math.Clamp((long)span.TotalMilliseconds, 1L, 99_999_999L)}m");
}

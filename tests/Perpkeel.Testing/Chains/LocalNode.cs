using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Http;

namespace Perpkeel.Testing.Chains;

/// <summary>How a node misbehaves.</summary>
internal enum Manners
{
    Good,
    IsAway,
    AnswersNothing,
    AnswersHalfABody,
    AnswersWithoutStatus,
    AnswersHalfAFrame,
    TakesAndLosesTheLine,
    TakesAndSaysUnavailable,
    IsNoGrpc,
    LimitsRequests,
}

/// <summary>A node of the local chain: gRPC in, gRPC out, in memory.</summary>
internal sealed class LocalNode(LocalChain chain)
{
    public Manners Manners { get; set; }

    /// <summary>Added to every height that it tells.</summary>
    public int HeightLie { get; set; }

    public string? ChainIdLie { get; set; }

    /// <summary>Answers instead of the usual ones, by path; null is not found.</summary>
    public Dictionary<string, byte[]?> Instead { get; } = new(StringComparer.Ordinal);

    public int Calls { get; private set; }

    public int Broadcasts { get; private set; }

    public List<HttpAsk> Asked { get; } = [];

    public Result<HttpReply, HttpFault> Exchange(HttpAsk ask)
    {
        Calls++;
        Asked.Add(ask);
        switch (Manners)
        {
            case Manners.IsAway:
                return new HttpFault.NotSent("connection refused");
            case Manners.AnswersNothing:
                return new HttpFault.TimedOut(ask.Timeout);
            case Manners.IsNoGrpc:
                return Reply(200, "text/html", [], []);
            case Manners.LimitsRequests:
                return Reply(429, "text/plain", [], []);
            default:
                break;
        }

        var (status, words, message) = Answer(ask.Address.AbsolutePath, ask.Body.Span[5..].ToArray());
        return Manners switch
        {
            Manners.AnswersHalfABody => Ended(0, string.Empty, message[..(message.Length / 2)]),
            Manners.AnswersWithoutStatus => Reply(200, "application/grpc", Frame(message), []),
            Manners.AnswersHalfAFrame => Reply(
                200, "application/grpc", Frame(message)[..^1], [new("grpc-status", "0")]),
            Manners.TakesAndLosesTheLine => new HttpFault.Lost("the line broke"),
            Manners.TakesAndSaysUnavailable => Ended(14, "going away", []),
            _ => Ended(status, words, message),
        };
    }

    /// <summary>Status, words and message for a path and a question.</summary>
    public (int Status, string Words, byte[] Message) Answer(string path, byte[] question)
    {
        var asked = Wire.Read(question);
        if (Instead.TryGetValue(path, out var other))
        {
            return other is null ? (5, "not%20found", []) : (0, string.Empty, other);
        }

        switch (path)
        {
            case "/cosmos.base.tendermint.v1beta1.Service/GetLatestBlock":
                return (0, string.Empty, Block());
            case "/cosmos.tx.v1beta1.Service/BroadcastTx":
                Broadcasts++;
                return (0, string.Empty, Broadcast(asked.Bytes(1)));
            case "/cosmos.tx.v1beta1.Service/Simulate":
                var simulated = chain.Simulate(asked.Bytes(2));
                return simulated.Code == 0
                    ? (0, string.Empty, Wire.Of(1, Wire.Of(2, chain.GasSaid)))
                    : (2, simulated.Log, []);
            case "/cosmos.tx.v1beta1.Service/GetTx":
                return Tx(asked.Text(1));
            case "/cosmos.auth.v1beta1.Query/AccountInfo":
                return chain.Account(asked.Text(1)) is { } account
                    ? (0, string.Empty, Wire.Of(1,
                        [.. Wire.Of(1, account.Address), .. Wire.Of(3, account.Number),
                            .. Wire.Of(4, account.Sequence)]))
                    : (5, "account%20not%20found", []);
            case "/dydxprotocol.clob.Query/StatefulOrder" when !chain.IsStored(asked.Bytes(1)):
                return (5, "stateful%20order%20not%20found", []);
            case "/dydxprotocol.accountplus.Query/GetAuthenticators":
                return (0, string.Empty, Permissions(asked.Text(1)));
            default:
                return LocalFacts.Answers.TryGetValue(path, out var fixedAnswer)
                    ? (0, string.Empty, fixedAnswer(asked))
                    : (12, "unknown method", []);
        }
    }

    private static Result<HttpReply, HttpFault> Ended(int status, string words, byte[] message) => Reply(
        200, "application/grpc", status == 0 ? Frame(message) : [],
        [new("grpc-status", status.ToString(CultureInfo.InvariantCulture)), new("grpc-message", words)]);

    private static Result<HttpReply, HttpFault> Reply(
        int status, string kind, byte[] body, ImmutableArray<HttpLine> trailer) => new HttpReply
        {
            Status = status,
            Head = [new("content-type", kind)],
            Body = body,
            Trailer = trailer,
        };

    public static byte[] Frame(byte[] message)
    {
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    private byte[] Block()
    {
        var time = Wire.Of(1, (ulong)chain.Time.ToUnixTimeSeconds());
        byte[] nanos = Wire.Of(2, (ulong)chain.Time.Millisecond * 1_000_000);
        byte[] header =
        [
            .. Wire.Of(2, ChainIdLie ?? chain.ChainId), .. Wire.Of(3, (ulong)(chain.Height + HeightLie)),
            .. Wire.Of(4, [.. time, .. nanos]),
        ];
        return Wire.Of(2, Wire.Of(1, header));
    }

    private byte[] Broadcast(byte[] bytes)
    {
        var (codespace, code, log) = chain.Check(bytes);
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));
        return Wire.Of(1,
        [
            .. Wire.Of(2, hash), .. Wire.Of(3, codespace), .. Wire.Of(4, code), .. Wire.Of(6, log),
        ]);
    }

    private (int Status, string Words, byte[] Message) Tx(string hash)
    {
        if (chain.Included(hash) is not var (height, result)) return (5, "tx not found", []);
        return (0, string.Empty, Wire.Of(2,
        [
            .. Wire.Of(1, height), .. Wire.Of(2, hash), .. Wire.Of(3, result.Codespace),
            .. Wire.Of(4, result.Code), .. Wire.Of(10, 90_000UL),
        ]));
    }

    private byte[] Permissions(string owner) =>
    [
        .. (chain.Account(owner)?.Permissions ?? []).SelectMany(one => Wire.Of(1,
            [.. Wire.Of(1, one.Key), .. Wire.Of(2, "AllOf"), .. Wire.Of(3, one.Value.Config)])),
    ];
}

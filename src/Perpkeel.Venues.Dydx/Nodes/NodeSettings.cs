using System.Collections.Immutable;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Networks;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>Which chain, through which endpoints, and how patiently.</summary>
public sealed record NodeSettings
{
    private const int EightMebibytes = 8 * 1024 * 1024;

    /// <summary>The chain.</summary>
    public required DydxNetwork Network { get; init; }

    /// <summary>Where its nodes take gRPC, at least one.</summary>
    public required ImmutableArray<NodeEndpoint> Endpoints { get; init; }

    /// <summary>How long a question may take at one endpoint.</summary>
    public TimeSpan QuestionTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a broadcast may take; after that its outcome is unknown.</summary>
    public TimeSpan BroadcastTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer that are read.</summary>
    public int MostBytes { get; init; } = EightMebibytes;

    /// <summary>The main network, by its documented endpoints.</summary>
    public static NodeSettings Mainnet { get; } = new()
    {
        Network = DydxNetwork.Mainnet,
        Endpoints =
        [
            NodeEndpoint.Known("oegs.dydx.trade"),
            NodeEndpoint.Known("dydx-ops-grpc.kingnodes.com"),
            NodeEndpoint.Known("dydx-dao-grpc-1.polkachu.com"),
            NodeEndpoint.Known("dydx-grpc.publicnode.com"),
        ],
    };

    /// <summary>The public test network, by its documented endpoints.</summary>
    public static NodeSettings Testnet { get; } = new()
    {
        Network = DydxNetwork.Testnet,
        Endpoints =
        [
            NodeEndpoint.Known("oegs-testnet.dydx.exchange"),
            NodeEndpoint.Known("test-dydx-grpc.kingnodes.com"),
            NodeEndpoint.Known("http://dydx-testnet-grpc.polkachu.com:23890"),
        ],
    };

    /// <summary>A chain on this machine.</summary>
    public static NodeSettings Local { get; } = new()
    {
        Network = DydxNetwork.Local,
        Endpoints = [NodeEndpoint.Known("http://localhost:9090")],
    };

    /// <summary>
    /// Reads the one setting that picks a network: <c>mainnet</c>, <c>testnet</c>, <c>local</c>, or a chain
    /// of its own as <c>chain-id=mychain;grpc=host1,http://host2:9090</c>, where <c>native=</c> and
    /// <c>usdc=</c> name denominations that differ from the test network's.
    /// </summary>
    public static Result<NodeSettings, NodeError> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim() switch
        {
            "mainnet" => Mainnet,
            "testnet" => Testnet,
            "local" => Local,
            var custom when custom.Contains('=', StringComparison.Ordinal) => Custom(custom),
            _ => new NodeError.BadNetwork(text, "it is none of mainnet, testnet, local"),
        };
    }

    /// <summary>These settings with other endpoints.</summary>
    /// <param name="list">Endpoints with commas between them.</param>
    public Result<NodeSettings, NodeError> Through(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var endpoints = ImmutableArray.CreateBuilder<NodeEndpoint>();
        foreach (var part in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!NodeEndpoint.Parse(part).TryGet(out var endpoint, out var error)) return error;
            endpoints.Add(endpoint);
        }

        return this with { Endpoints = endpoints.ToImmutable() };
    }

    private static Result<NodeSettings, NodeError> Custom(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(
            ';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = part.IndexOf('=', StringComparison.Ordinal);
            var name = cut < 0 ? part : part[..cut];
            if (cut < 0 || name is not ("chain-id" or "grpc" or "native" or "usdc"))
            {
                return new NodeError.BadNetwork(
                    text, $"'{name}' is none of chain-id=, grpc=, native=, usdc=");
            }

            if (!values.TryAdd(name, part[(cut + 1)..]))
            {
                return new NodeError.BadNetwork(text, $"{name}= is there twice");
            }
        }

        if (!values.TryGetValue("chain-id", out var chainId) || chainId.Length == 0)
        {
            return new NodeError.BadNetwork(text, "chain-id= is missing");
        }

        if (!values.TryGetValue("grpc", out var grpc))
        {
            return new NodeError.BadNetwork(text, "grpc= is missing");
        }

        var network = new DydxNetwork(
            "custom", chainId, values.GetValueOrDefault("native", DydxNetwork.Testnet.NativeDenom),
            values.GetValueOrDefault("usdc", DydxNetwork.Testnet.UsdcDenom));
        return (Local with { Network = network }).Through(grpc);
    }
}

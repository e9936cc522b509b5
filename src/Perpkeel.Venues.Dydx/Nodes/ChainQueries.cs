using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Protos.Cosmos;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>Questions about the chain and its nodes.</summary>
public sealed class ChainQueries
{
    private const string Tendermint = "cosmos.base.tendermint.v1beta1.Service/";
    private readonly NodeCaller _caller;

    internal ChainQueries(NodeCaller caller) => _caller = caller;

    /// <summary>The last block, from the best endpoint of this chain.</summary>
    public async Task<Result<BlockFacts, NodeError>> LatestBlockAsync(CancellationToken cancellation)
    {
        NodeError last = new NodeError.NoneTrusted("all were found to lie");
        foreach (var endpoint in _caller.Pool.Ranked(_caller.Time.GetUtcNow()))
        {
            var asked = await LatestBlockAtAsync(endpoint, cancellation);
            if (asked.TryGet(out var block, out var error)) return block;
            last = error;
        }

        return last;
    }

    /// <summary>
    /// The last block by the word of one endpoint, which is distrusted if it is of another chain.
    /// </summary>
    public Task<Result<BlockFacts, NodeError>> LatestBlockAtAsync(
        NodeEndpoint endpoint, CancellationToken cancellation) =>
        _caller.LatestBlockAtAsync(endpoint, cancellation);

    /// <summary>What a node runs.</summary>
    public async Task<Result<NodeFacts, NodeError>> NodeInfoAsync(CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Tendermint + "GetNodeInfo", new GetNodeInfoRequest(), GetNodeInfoResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        var version = answer.ApplicationVersion ?? new VersionInfo();
        return new NodeFacts(version.AppName, version.Version, version.CosmosSdkVersion);
    }

    /// <summary>Whether a node is still catching up with the chain.</summary>
    public async Task<Result<bool, NodeError>> IsSyncingAsync(CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Tendermint + "GetSyncing", new GetSyncingRequest(), GetSyncingResponse.Parser, cancellation);
        return asked.TryGet(out var answer, out var error) ? answer.Syncing : error;
    }

    /// <summary>
    /// The gas prices that a validator asks for, as it writes them, e.g. <c>0.025ibc/…</c>.
    /// </summary>
    public async Task<Result<string, NodeError>> MinimumGasPriceAsync(CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            "cosmos.base.node.v1beta1.Service/Config", new ConfigRequest(), ConfigResponse.Parser,
            cancellation);
        return asked.TryGet(out var answer, out var error) ? answer.MinimumGasPrice : error;
    }

    /// <summary>
    /// A transaction by its hash, if a block holds it. Short-term orders and cancels are never there, however
    /// well they went.
    /// </summary>
    public async Task<Result<TxFacts, NodeError>> TxAsync(string hash, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            "cosmos.tx.v1beta1.Service/GetTx", new GetTxRequest { Hash = hash }, GetTxResponse.Parser,
            cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        if (answer.TxResponse is not { Height: > 0 and <= uint.MaxValue } found)
        {
            return new NodeError.Nonsense("a transaction in no block");
        }

        if (!string.Equals(found.Txhash, hash, StringComparison.OrdinalIgnoreCase))
        {
            return new NodeError.Nonsense("another transaction than the one that was asked for");
        }

        var code = new ChainCode(found.Codespace, found.Code);
        return new TxFacts(
            found.Txhash, (uint)found.Height,
            code.IsAccepted ? null : ChainErrorTable.Of(code, found.RawLog),
            (ulong)Math.Max(0, found.GasWanted), (ulong)Math.Max(0, found.GasUsed));
    }
}

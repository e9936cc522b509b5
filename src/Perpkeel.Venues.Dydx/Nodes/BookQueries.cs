using System.Collections.Immutable;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Protos.Feetiers;
using Perpkeel.Venues.Dydx.Protos.Revshare;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>Questions about the order book: its markets, limits, fees and stored orders.</summary>
public sealed class BookQueries
{
    private const string Clob = "dydxprotocol.clob.Query/";
    private const string Fees = "dydxprotocol.feetiers.Query/";
    private readonly NodeCaller _caller;

    internal BookQueries(NodeCaller caller) => _caller = caller;

    /// <summary>All order books.</summary>
    public async Task<Result<ImmutableArray<ClobPairFacts>, NodeError>> ClobPairsAsync(
        CancellationToken cancellation)
    {
        var asked = await Paging.AllAsync<QueryClobPairAllResponse, ClobPair>(
            page => _caller.AskAsync(
                Clob + "ClobPairAll", new QueryAllClobPairRequest { Pagination = page },
                QueryClobPairAllResponse.Parser, cancellation),
            page => (page.ClobPair, page.Pagination));
        if (!asked.TryGet(out var pairs, out var error)) return error;
        ImmutableArray<ClobPairFacts> facts = [.. pairs.Select(Facts)];
        return facts;
    }

    /// <summary>One order book.</summary>
    public async Task<Result<ClobPairFacts, NodeError>> ClobPairAsync(
        uint clobPairId, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Clob + "ClobPair", new QueryGetClobPairRequest { Id = clobPairId }, QueryClobPairResponse.Parser,
            cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        return answer.ClobPair is { } pair
            ? Facts(pair)
            : new NodeError.Nonsense("an order book without content");
    }

    /// <summary>How many messages of an owner are taken.</summary>
    public async Task<Result<BlockLimits, NodeError>> BlockLimitsAsync(CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Clob + "BlockRateLimitConfiguration", new QueryBlockRateLimitConfigurationRequest(),
            QueryBlockRateLimitConfigurationResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        if (answer.BlockRateLimitConfig is not { } limits)
        {
            return new NodeError.Nonsense("limits of the book without content");
        }

        MaxPerNBlocksRateLimit[] all =
        [
            .. limits.MaxStatefulOrdersPerNBlocks, .. limits.MaxShortTermOrdersAndCancelsPerNBlocks,
            .. limits.MaxLeverageUpdatesPerNBlocks,
        ];
        if (Array.Find(all, limit => limit is { NumBlocks: 0 or > BlockLimit.LongestWindow }) is { } wild)
        {
            return new NodeError.Nonsense(
                FormattableString.Invariant($"a limit of {wild.Limit} messages in {wild.NumBlocks} blocks"));
        }

        return new BlockLimits(
            BlockLimit.Of(limits.MaxStatefulOrdersPerNBlocks),
            BlockLimit.Of(limits.MaxShortTermOrdersAndCancelsPerNBlocks),
            BlockLimit.Of(limits.MaxLeverageUpdatesPerNBlocks));
    }

    /// <summary>How many stored orders an equity allows.</summary>
    public async Task<Result<EquityTiers, NodeError>> EquityTiersAsync(CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Clob + "EquityTierLimitConfiguration", new QueryEquityTierLimitConfigurationRequest(),
            QueryEquityTierLimitConfigurationResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        if (answer.EquityTierLimitConfig is not { } tiers)
        {
            return new NodeError.Nonsense("equity tiers without content");
        }

        try
        {
            return EquityTiers.Of(tiers.StatefulOrderEquityTiers);
        }
        catch (FormatException fault)
        {
            return new NodeError.Nonsense(fault.Message);
        }
    }

    /// <summary>An order that is stored on the chain; NOT_FOUND is refused as such.</summary>
    public async Task<Result<StatefulOrderFacts, NodeError>> StatefulOrderAsync(
        OrderKey key, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Clob + "StatefulOrder", new QueryStatefulOrderRequest { OrderId = key.ToProto() },
            QueryStatefulOrderResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        if (answer.OrderPlacement is not { Order: { } order } placement)
        {
            return new NodeError.Nonsense("a stored order without content");
        }

        return new StatefulOrderFacts(
            key, order.Quantums, answer.FillAmount, order.Subticks, new GoodTilTime(order.GoodTilBlockTime),
            answer.Triggered, placement.PlacementIndex?.BlockHeight ?? 0);
    }

    /// <summary>Whether the chain has an order stored.</summary>
    internal async Task<Result<bool, NodeError>> IsStoredAsync(OrderId id, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Clob + "StatefulOrder", new QueryStatefulOrderRequest { OrderId = id },
            QueryStatefulOrderResponse.Parser, cancellation);
        if (asked.TryGet(out _, out var error)) return true;
        return error is NodeError.Refused { Status: GrpcStatus.NotFound } ? false : error;
    }

    /// <summary>All steps of the trading fees.</summary>
    public async Task<Result<ImmutableArray<FeeTier>, NodeError>> FeeTiersAsync(
        CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Fees + "PerpetualFeeParams", new QueryPerpetualFeeParamsRequest(),
            QueryPerpetualFeeParamsResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        ImmutableArray<FeeTier> tiers = [.. (answer.Params?.Tiers ?? []).Select(Facts)];
        return tiers;
    }

    /// <summary>The trading fees of an owner.</summary>
    public async Task<Result<FeeTier, NodeError>> UserFeeTierAsync(
        DydxAddress owner, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            Fees + "UserFeeTier", new QueryUserFeeTierRequest { User = owner.Text },
            QueryUserFeeTierResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        return answer.Tier is { } tier ? Facts(tier) : new NodeError.Nonsense("a fee tier without content");
    }

    /// <summary>The share of a registered router; NOT_FOUND is refused as such.</summary>
    public async Task<Result<Ppm, NodeError>> RouterShareAsync(
        DydxAddress router, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            "dydxprotocol.revshare.Query/OrderRouterRevShare",
            new QueryOrderRouterRevShare { Address = router.Text }, QueryOrderRouterRevShareResponse.Parser,
            cancellation);
        return asked.TryGet(out var answer, out var error)
            ? new Ppm(answer.OrderRouterRevShare?.SharePpm ?? 0)
            : error;
    }

    private static ClobPairFacts Facts(ClobPair pair) => new(
        pair.Id, pair.PerpetualClobMetadata?.PerpetualId, pair.StepBaseQuantums, pair.SubticksPerTick,
        pair.QuantumConversionExponent, (MarketStatus)pair.Status);

    private static FeeTier Facts(PerpetualFeeTier tier) => new(
        tier.Name, new Usd(tier.AbsoluteVolumeRequirement / (decimal)QuoteQuantums.PerUsd),
        new Ppm(tier.TotalVolumeShareRequirementPpm), new Ppm(tier.MakerVolumeShareRequirementPpm),
        new Ppm(tier.MakerFeePpm), new Ppm(tier.TakerFeePpm));
}

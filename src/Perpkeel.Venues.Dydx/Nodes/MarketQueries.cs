using System.Collections.Immutable;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Protos.Perpetuals;
using Perpkeel.Venues.Dydx.Protos.Prices;
using Perpkeel.Venues.Dydx.Transactions;
using LiquidityTier = Perpkeel.Venues.Dydx.Protos.Perpetuals.LiquidityTier;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>Questions about perpetuals, their margins and oracle prices.</summary>
public sealed class MarketQueries
{
    /// <summary>Prices have so few decimals that no decimal is too small for them.</summary>
    private const int MostExponent = 28;

    private readonly NodeCaller _caller;
    private readonly BookQueries _book;

    internal MarketQueries(NodeCaller caller, BookQueries book)
    {
        _caller = caller;
        _book = book;
    }

    /// <summary>All perpetuals.</summary>
    public async Task<Result<ImmutableArray<PerpetualFacts>, NodeError>> PerpetualsAsync(
        CancellationToken cancellation)
    {
        var asked = await Paging.AllAsync<QueryAllPerpetualsResponse, Perpetual>(
            page => _caller.AskAsync(
                "dydxprotocol.perpetuals.Query/AllPerpetuals",
                new QueryAllPerpetualsRequest { Pagination = page }, QueryAllPerpetualsResponse.Parser,
                cancellation),
            page => (page.Perpetual, page.Pagination));
        if (!asked.TryGet(out var found, out var error)) return error;
        var facts = ImmutableArray.CreateBuilder<PerpetualFacts>(found.Length);
        foreach (var perpetual in found)
        {
            if (!Facts(perpetual).TryGet(out var one, out error)) return error;
            facts.Add(one);
        }

        return facts.ToImmutable();
    }

    /// <summary>Margins of all groups of perpetuals.</summary>
    public async Task<Result<ImmutableArray<MarginTierFacts>, NodeError>> MarginTiersAsync(
        CancellationToken cancellation)
    {
        var asked = await Paging.AllAsync<QueryAllLiquidityTiersResponse, LiquidityTier>(
            page => _caller.AskAsync(
                "dydxprotocol.perpetuals.Query/AllLiquidityTiers",
                new QueryAllLiquidityTiersRequest { Pagination = page },
                QueryAllLiquidityTiersResponse.Parser, cancellation),
            page => (page.LiquidityTiers, page.Pagination));
        if (!asked.TryGet(out var found, out var error)) return error;
        ImmutableArray<MarginTierFacts> tiers =
        [
            .. found.Select(tier => new MarginTierFacts(
                tier.Id, tier.Name, new Ppm(tier.InitialMarginPpm), new Ppm(tier.MaintenanceFractionPpm),
                Millionths(tier.OpenInterestLowerCap), Millionths(tier.OpenInterestUpperCap))),
        ];
        return tiers;
    }

    /// <summary>All oracle prices.</summary>
    public async Task<Result<ImmutableArray<OraclePrice>, NodeError>> PricesAsync(
        CancellationToken cancellation)
    {
        var asked = await Paging.AllAsync<QueryAllMarketPricesResponse, MarketPrice>(
            page => _caller.AskAsync(
                "dydxprotocol.prices.Query/AllMarketPrices",
                new QueryAllMarketPricesRequest { Pagination = page }, QueryAllMarketPricesResponse.Parser,
                cancellation),
            page => (page.MarketPrices, page.Pagination));
        if (!asked.TryGet(out var found, out var error)) return error;
        var prices = ImmutableArray.CreateBuilder<OraclePrice>(found.Length);
        foreach (var price in found)
        {
            if (!PriceOf(price).TryGet(out var one, out error)) return error;
            prices.Add(one);
        }

        return prices.ToImmutable();
    }

    /// <summary>One oracle price.</summary>
    public async Task<Result<OraclePrice, NodeError>> PriceAsync(
        uint marketId, CancellationToken cancellation)
    {
        var asked = await _caller.AskAsync(
            "dydxprotocol.prices.Query/MarketPrice", new QueryMarketPriceRequest { Id = marketId },
            QueryMarketPriceResponse.Parser, cancellation);
        if (!asked.TryGet(out var answer, out var error)) return error;
        return answer.MarketPrice is { } price
            ? PriceOf(price)
            : new NodeError.Nonsense("a price without content");
    }

    /// <summary>
    /// The steps of a market by its ticker, as the chain has them now, or
    /// <see cref="NodeError.NoMarket"/>.
    /// </summary>
    public async Task<Result<OrderGrid, NodeError>> GridAsync(string ticker, CancellationToken cancellation)
    {
        var asked = await PerpetualsAsync(cancellation);
        if (!asked.TryGet(out var perpetuals, out var error)) return error;
        var perpetual = perpetuals.FirstOrDefault(
            one => string.Equals(one.Ticker, ticker, StringComparison.OrdinalIgnoreCase));
        if (perpetual is null) return new NodeError.NoMarket(ticker);
        var booked = await _book.ClobPairsAsync(cancellation);
        if (!booked.TryGet(out var pairs, out error)) return error;
        if (pairs.FirstOrDefault(pair => pair.PerpetualId == perpetual.Id) is not { } pair)
        {
            return new NodeError.NoMarket(ticker);
        }

        var grid = new OrderGrid
        {
            ClobPairId = pair.Id,
            AtomicResolution = perpetual.AtomicResolution,
            QuantumConversionExponent = pair.QuantumConversionExponent,
            StepBaseQuantums = pair.StepBaseQuantums,
            SubticksPerTick = pair.SubticksPerTick,
            Status = pair.Status,
        };
        return grid.IsSound
            ? grid
            : new NodeError.Nonsense($"steps of {ticker} by which no size or price can be counted");
    }

    private static Result<OraclePrice, NodeError> PriceOf(MarketPrice price)
    {
        if (Math.Abs(price.Exponent) > MostExponent)
        {
            return new NodeError.Nonsense(
                FormattableString.Invariant($"a price of exponent {price.Exponent}"));
        }

        try
        {
            return new OraclePrice(price.Id, new Price(price.Price * Decimals.PowerOfTen(price.Exponent)));
        }
        catch (OverflowException)
        {
            return new NodeError.Nonsense(FormattableString.Invariant($"a price of 10^{price.Exponent}"));
        }
    }

    private static Result<PerpetualFacts, NodeError> Facts(Perpetual perpetual)
    {
        if (perpetual.Params is not { } known
            || !BigIntegerBytes.TryRead(perpetual.FundingIndex.Span, out var funding)
            || !BigIntegerBytes.TryRead(perpetual.OpenInterest.Span, out var open))
        {
            return new NodeError.Nonsense("a perpetual whose numbers are none");
        }

        return new PerpetualFacts(
            known.Id, known.Ticker, known.MarketId, known.AtomicResolution, known.LiquidityTier,
            known.MarketType == PerpetualMarketType.Isolated, funding, open);
    }

    private static Usd Millionths(ulong value) => new(value / (decimal)QuoteQuantums.PerUsd);
}

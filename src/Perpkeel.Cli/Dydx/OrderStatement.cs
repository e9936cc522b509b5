using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Cli.Dydx;

/// <summary>What an order says, before it is sent: in the numbers that go out, not as typed.</summary>
internal static class OrderStatement
{
    /// <summary>The order in words.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <param name="order">What goes out.</param>
    /// <param name="market">The market's name.</param>
    /// <param name="height">The last block.</param>
    public static Statement Of(DydxOrder asked, PreparedOrder order, string market, uint height)
    {
        ImmutableArray<string> lines =
        [
            $"order: {order.Key}, Indexer id {order.IndexerId}",
            $"says: {Says(asked, order, market)}",
            .. Rounded(asked, order),
            $"until: {Until(asked, order, height)}",
        ];
        return new Statement("order", Facts(asked, order, market, height), lines);
    }

    private static string Says(DydxOrder asked, PreparedOrder order, string market)
    {
        var isBuy = asked.Terms.Side == Side.Buy;
        var trade = $"{(isBuy ? "buy" : "sell")} {order.Size} {market}";
        var limit = order.Limit is { } price ? $" at {price} or {(isBuy ? "lower" : "higher")}" : "";
        var shrink = asked.Terms.ReduceOnly ? ", only as far as it shrinks a position" : string.Empty;
        var when = asked switch
        {
            DydxOrder.TriggeredMarket stop => When(stop.Trigger, isBuy, order),
            DydxOrder.TriggeredLimit stop => When(stop.Trigger, isBuy, order),
            _ => string.Empty,
        };
        return $"{when}{trade}{limit}{Rest(asked)}{shrink}";
    }

    private static string When(TriggerKind kind, bool isBuy, PreparedOrder order)
    {
        var isAbove = (kind == TriggerKind.StopLoss) == isBuy;
        return $"when the price is {order.Trigger} or {(isAbove ? "higher" : "lower")}: ";
    }

    private static string Rest(DydxOrder asked) => asked switch
    {
        DydxOrder.Market or DydxOrder.TriggeredMarket => "; what is not filled at once is dropped",
        DydxOrder.ShortTerm limit => Rest(limit.TimeInForce),
        DydxOrder.TriggeredLimit limit => Rest(limit.TimeInForce),
        DydxOrder.LongTerm limit => Rest(limit.PostOnly ? TimeInForce.PostOnly : TimeInForce.GoodTil),
        DydxOrder.Twap twap => string.Create(
            CultureInfo.InvariantCulture,
            $", in {twap.DurationSeconds / twap.IntervalSeconds} legs of {twap.IntervalSeconds} s")
            + (twap.Limit is null ? $", each within {Percent(twap.Tolerance)} of the oracle price" : ""),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Rest(TimeInForce force) => force switch
    {
        TimeInForce.ImmediateOrCancel => "; what is not filled at once is dropped",
        TimeInForce.PostOnly => "; it only makes, and is refused where it would take",
        _ => "; what is not filled at once rests",
    };

    private static string Percent(Ppm share) => Decimals.Text(share.Value / 10_000m) + "%";

    private static ImmutableArray<string> Rounded(DydxOrder asked, PreparedOrder order) =>
        asked.Terms.Size == order.Size
            ? []
            : [$"rounded: the size asked for, {asked.Terms.Size}, is not on the market's steps"];

    private static string Until(DydxOrder asked, PreparedOrder order, uint height)
    {
        if (order.GoodTilBlock > 0)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"block {order.GoodTilBlock}, {order.GoodTilBlock - height} after the last one, {height}");
        }

        return asked is DydxOrder.Twap
            ? "the last leg, or a cancel"
            : $"{order.GoodTil}, stored on the chain";
    }

    private static JsonObject Facts(DydxOrder asked, PreparedOrder order, string market, uint height)
    {
        var facts = new JsonObject
        {
            ["subaccount"] = order.Key.Subaccount.ToString(),
            ["clientId"] = order.Key.ClientId,
            ["kind"] = order.Key.Kind.ToString(),
            ["clobPairId"] = order.Key.ClobPairId,
            ["indexerId"] = order.IndexerId.ToString(),
            ["market"] = market,
            ["side"] = asked.Terms.Side == Side.Buy ? "buy" : "sell",
            ["sizeAsked"] = asked.Terms.Size.Value,
            ["size"] = order.Size.Value,
            ["limit"] = order.Limit?.Value,
            ["trigger"] = order.Trigger?.Value,
            ["reduceOnly"] = asked.Terms.ReduceOnly,
            ["words"] = Says(asked, order, market),
        };
        if (order.GoodTilBlock > 0)
        {
            facts["goodTilBlock"] = order.GoodTilBlock;
            facts["height"] = height;
        }
        else
        {
            facts["goodTilTime"] = order.GoodTil.ToString();
        }

        return facts;
    }
}

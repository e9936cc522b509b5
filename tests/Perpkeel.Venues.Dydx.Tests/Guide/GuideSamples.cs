using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues.Dydx.Authenticators;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Timing;
using Perpkeel.Venues.Http;

namespace Perpkeel.Venues.Dydx.Tests.Guide;

/// <summary>The code of the guide, word for word, in its order.</summary>
internal static class GuideSamples
{
    public static NodeClient? Connect(string network)
    {
        // sample
        if (!NodeSettings.Parse(network).TryGet(out var settings, out var wrong))
        {
            Console.Error.WriteLine(wrong.Message);
            return null;
        }

        var exchange = new HttpClientExchange(TimeProvider.System);
        var client = new NodeClient(settings, exchange, TimeProvider.System);
        // end
        exchange.Dispose();
        return client;
    }

    public static NetworkKey? Key(char[] words, ISecp256k1 curve, DydxNetwork network)
    {
        // sample
        if (!Mnemonic.Parse(words).TryGet(out var mnemonic, out var badWords))
        {
            Console.Error.WriteLine(badWords.Message);
            return null;
        }

        using (mnemonic)
        {
            return KeyPair.FromMnemonic(mnemonic, 0, curve).TryGet(out var pair, out _)
                ? new NetworkKey(pair, network.ChainId)
                : null;
        }
        // end
    }

    public static async Task<OrderSender?> OpenAsync(
        NodeClient client, NetworkKey key, CancellationToken cancellation)
    {
        // sample
        var opened = await OrderSender.OpenAsync(client, key, new SenderOptions(), cancellation);
        if (!opened.TryGet(out var sender, out var error))
        {
            await Console.Error.WriteLineAsync(error.Message);
            return null;
        }
        // end

        return sender;
    }

    public static async Task<string?> PlaceAsync(
        NodeClient client, OrderSender sender, CancellationToken cancellation)
    {
        // sample
        var market = await client.Markets.GridAsync("BTC-USD", cancellation);
        if (!market.TryGet(out var btc, out var noMarket)) return noMarket.Code;
        DydxSubaccount.Of(sender.Account.Address, 0).TryGet(out var subaccount, out _);
        if (!client.GoodTilBlock(new BlockWindow(), 12).TryGet(out var end, out var stale)) return stale.Code;
        var terms = new OrderTerms
        {
            Subaccount = subaccount,
            ClientId = new ClientOrderId(4711),
            Grid = btc,
            Side = Side.Buy,
            Size = new Size(0.0003m),
        };
        var limit = new DydxOrder.ShortTerm(terms, new Price(60_000m), end, TimeInForce.PostOnly);
        if (!OrderFactory.Build(limit).TryGet(out var order, out var refused)) return refused.Code;

        var sent = await sender.SendShortTermAsync(order.ToMessage(), cancellation);
        if (sent.TryGet(out var taken, out var error)) return taken.Tx.Hash;
        // end

        return error.Code;
    }

    public static string Judge(SendError error)
    {
        // sample
        return error.Outcome switch
        {
            ChainOutcome.NotDone => "nothing happened: mend it and send a new order",
            ChainOutcome.DoneAlready => "it is so already",
            _ => "look the order up, or send the very same bytes once more",
        };
        // end
    }

    public static async Task<Inclusion?> StopAsync(
        OrderSender sender, OrderGrid btc, DydxSubaccount subaccount, DateTimeOffset now,
        Func<Task> nextBlock, CancellationToken cancellation)
    {
        // sample
        var terms = new OrderTerms
        {
            Subaccount = subaccount,
            ClientId = new ClientOrderId(4712),
            Grid = btc,
            Side = Side.Sell,
            Size = new Size(0.0003m),
            ReduceOnly = true,
        };
        var stop = new DydxOrder.TriggeredMarket(
            terms, TriggerKind.StopLoss, new Price(55_000m), new Ppm(20_000),
            GoodTilTime.Of(now.AddDays(28)));
        if (!OrderFactory.Build(stop).TryGet(out var order, out _)) return null;

        var room = new StatefulRoom(OpenOrders: 0, NetCollateral: new Usd(250m));
        var sent = await sender.SendStatefulAsync([order.ToMessage()], room, cancellation);
        if (!sent.TryGet(out var taken, out _)) return null;
        await nextBlock();
        var became = await sender.LookUpAsync(taken, cancellation);
        // end

        return became.TryGet(out var inclusion, out _) ? inclusion : null;
    }

    public static async Task<bool> PermitAsync(
        OrderSender owner, PublicKey tradingKey, CancellationToken cancellation)
    {
        // sample
        var rule = PermissionedKeys.TradingRule(tradingKey, subaccounts: [0], clobPairIds: [0, 1]);
        Console.WriteLine(AuthenticatorText.Of(rule));
        if (!PermissionedKeys.Add(owner.Account.Address, rule).TryGet(out var add, out _)) return false;
        var sent = await owner.SendPaidAsync([add], cancellation);
        // end

        return sent.TryGet(out _, out _);
    }
}

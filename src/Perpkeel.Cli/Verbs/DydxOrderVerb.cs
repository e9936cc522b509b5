using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel dydx order</c>: what the chain has of a stored order.</summary>
internal sealed class DydxOrderVerb(Surroundings surroundings)
{
    private readonly ChainOptions _chain = new();
    private readonly Option<string> _kind = OrderKinds.Option();
    private readonly Argument<string> _market = new("MARKET") { Description = "E.g. BTC-USD" };
    private readonly Argument<uint> _id = new("ID") { Description = "The client id of the order" };

    private readonly Option<string> _owner = new("--owner")
    {
        Description = "The account",
        HelpName = "ADDRESS",
        Required = true,
    };

    private readonly Option<uint> _subaccount = new("--subaccount")
    {
        Description = "Number of the subaccount",
        DefaultValueFactory = _ => 0,
    };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new DydxOrderVerb(surroundings);
        var command = new Command("order", "Look up an order that is stored on the chain")
        {
            verb._market, verb._id, verb._owner, verb._subaccount, verb._kind,
        };
        verb._chain.AddTo(command, sends: false);
        verb._chain.AddJsonTo(command);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (!DydxAddress.Parse(parsed.GetValue(_owner)!).TryGet(out var owner, out var bad))
        {
            return Fail([bad.Message]);
        }

        if (!DydxSubaccount.Of(owner, parsed.GetValue(_subaccount)).TryGet(out var subaccount, out var none))
        {
            return Fail([none.Message]);
        }

        if (OrderKinds.Of(parsed.GetValue(_kind)!) is not { } kind) return Fail([OrderKinds.Unknown]);
        var choice = _chain.Read(parsed);
        if (!ChainSession.Open(choice, surroundings).TryGet(out var session, out var error))
        {
            return Fail(error.Lines);
        }

        using var closed = session;
        var gridded = await session.Client.Markets.GridAsync(parsed.GetValue(_market)!, cancellation);
        if (!gridded.TryGet(out var grid, out var fault)) return Fail([fault.Message]);
        var key = new OrderKey(subaccount, parsed.GetValue(_id), kind, grid.ClobPairId);
        var asked = await session.Client.Book.StatefulOrderAsync(key, cancellation);
        var teller = new Teller(surroundings, choice.IsJson);
        if (asked.TryGet(out var found, out fault))
        {
            teller.Tell(Found(found, grid));
            return ExitCode.Ok;
        }

        return fault is NodeError.Refused { Status: GrpcStatus.NotFound }
            ? NotThere(key, teller)
            : Fail([fault.Message]);
    }

    private static Statement Found(StatefulOrderFacts order, OrderGrid grid)
    {
        var (size, filled) = (grid.SizeOf(order.Quantums), grid.SizeOf(order.FilledQuantums));
        Price? limit = order.Subticks == 0 ? null : grid.PriceOf(order.Subticks);
        return new Statement(
            "stored",
            new JsonObject
            {
                ["indexerId"] = IndexerIds.Order(order.Key).ToString(),
                ["size"] = size.Value,
                ["filled"] = filled.Value,
                ["limit"] = limit?.Value,
                ["goodTilTime"] = order.GoodTil.ToString(),
                ["isTriggered"] = order.IsTriggered,
                ["placedAt"] = order.PlacedAt,
            },
            [
                $"stored: {order.Key}, Indexer id {IndexerIds.Order(order.Key)}",
                $"size: {size}, of which {filled} is filled",
                $"limit: {limit?.ToString() ?? "none"}",
                $"until: {order.GoodTil}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"placed: in block {order.PlacedAt}")
                + (order.IsTriggered ? ", and its trigger has fired" : string.Empty),
            ]);
    }

    /// <summary>That an order is not stored says little by itself.</summary>
    private static int NotThere(OrderKey key, Teller teller)
    {
        const string Words = "The chain does not have it stored: it is filled, ended or cancelled, or it was "
            + "never placed, or its transaction is still on its way. Its fills and its transaction tell.";
        teller.Tell("not-stored", new JsonObject { ["words"] = Words }, $"not stored: {key}", Words);
        return ExitCode.Ok;
    }

    private int Fail(IReadOnlyList<string> lines)
    {
        surroundings.Complain(lines);
        return ExitCode.Failed;
    }
}

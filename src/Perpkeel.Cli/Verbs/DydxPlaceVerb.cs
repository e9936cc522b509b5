using System.CommandLine;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel dydx place</c>: one order.</summary>
internal sealed class DydxPlaceVerb(Surroundings surroundings)
{
    private readonly MarketChoiceOptions _market = new();
    private readonly OrderOptions _order = new();

    private readonly Option<int?> _openOrders = new("--open-orders")
    {
        Description = "Stored orders that the subaccount has open, as the Indexer tells, for the equity tier",
        HelpName = "COUNT",
    };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new DydxPlaceVerb(surroundings);
        var command = new Command("place", "Place an order");
        verb._market.AddTo(command);
        verb._order.AddTo(command);
        command.Options.Add(verb._openOrders);
        return new SigningRun(new ChainOptions(), surroundings)
            .Finish(command, verb.BuildAsync, verb._market.DryRunOnly);
    }

    private async Task<Result<SendRequest, UserError>> BuildAsync(
        ParseResult parsed, ChainSession session, CancellationToken cancellation)
    {
        if (!session.Subaccount(_market.Subaccount(parsed)).TryGet(out var subaccount, out var error))
        {
            return error;
        }

        var polled = await _market.BlockAsync(
            parsed, session, _order.EndsAtBlock(parsed), surroundings.Wall.GetUtcNow(), cancellation);
        if (!polled.TryGet(out var block, out error)) return error;
        var gridded = await _market.GridAsync(parsed, session.Client, cancellation);
        if (!gridded.TryGet(out var grid, out error)) return error;
        if (!_order.Read(parsed, subaccount, grid, block).TryGet(out var asked, out error)) return error;
        if (!OrderFactory.Build(asked).TryGet(out var order, out var refused))
        {
            return UserError.Of(refused.Message);
        }

        var isStored = order.Key.Kind != DydxOrderKind.ShortTerm;
        if (!isStored && Typed.Has(parsed, _openOrders))
        {
            return UserError.Of("--open-orders counts for orders that are stored: leave it out.");
        }

        if (parsed.GetValue(_openOrders) is < 0)
        {
            return UserError.Of("--open-orders: a number of orders is not negative.");
        }

        var says = OrderStatement.Of(asked, order, _market.Name(parsed), block.Height);
        var way = isStored ? SendWay.Stateful : SendWay.ShortTerm;
        var request = new SendRequest([order.ToMessage()], way) { Before = [says] };
        if (session.Choice.IsDryRun) return request;
        var read = await RoomReader.ReadAsync(
            session, subaccount, parsed.GetValue(_openOrders), cancellation);
        if (!read.TryGet(out var known, out error)) return error;
        return isStored ? request with { Room = known.Room, Before = [says, known.Basis] } : request;
    }
}

using System.CommandLine;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel dydx place</c>: one order.</summary>
internal sealed class DydxPlaceVerb
{
    private readonly ChainOptions _chain = new();
    private readonly MarketChoiceOptions _market = new();
    private readonly OrderOptions _order = new();

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new DydxPlaceVerb();
        var command = new Command("place", "Place an order");
        verb._market.AddTo(command);
        verb._order.AddTo(command);
        verb._chain.AddTo(command, sends: true);
        command.SetAction((parsed, cancellation) => verb.RunAsync(parsed, surroundings, cancellation));
        return command;
    }

    private async Task<int> RunAsync(
        ParseResult parsed, Surroundings surroundings, CancellationToken cancellation)
    {
        var opened = ChainSession.OpenWithKey(_chain.Read(parsed), surroundings);
        if (!opened.TryGet(out var session, out var error))
        {
            surroundings.Complain(error.Lines);
            return ExitCode.Failed;
        }

        using var closed = session;
        var prepared = await PrepareAsync(parsed, session, surroundings, cancellation);
        if (!prepared.TryGet(out var order, out error))
        {
            surroundings.Complain(error.Lines);
            return ExitCode.Failed;
        }

        var room = await MarketChoiceOptions.RoomAsync(session, order.Key.Subaccount, cancellation);
        if (!room.TryGet(out var known, out error))
        {
            surroundings.Complain(error.Lines);
            return ExitCode.Failed;
        }

        surroundings.Tell($"order: {order.Key}, Indexer id {order.IndexerId}");
        var way = order.Key.Kind == DydxOrderKind.ShortTerm ? SendWay.ShortTerm : SendWay.Stateful;
        return await new Submission(surroundings, session)
            .ExecuteAsync([order.ToMessage()], way, known, cancellation);
    }

    private async Task<Result<PreparedOrder, UserError>> PrepareAsync(
        ParseResult parsed, ChainSession session, Surroundings surroundings, CancellationToken cancellation)
    {
        if (!session.Subaccount(_market.Subaccount(parsed)).TryGet(out var subaccount, out var error))
        {
            return error;
        }

        var gridded = await _market.GridAsync(parsed, session.Client, cancellation);
        if (!gridded.TryGet(out var grid, out error)) return error;
        var high = await _market.HeightAsync(parsed, session.Client, cancellation);
        if (!high.TryGet(out var height, out error)) return error;
        var now = surroundings.Wall.GetUtcNow();
        if (!_order.Read(parsed, subaccount, grid, height, now).TryGet(out var order, out error))
        {
            return error;
        }

        return OrderFactory.Build(order).TryGet(out var prepared, out var refused)
            ? prepared
            : UserError.Of(refused.Message);
    }
}

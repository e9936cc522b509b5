using System.CommandLine;
using System.Globalization;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Protos.Clob;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel dydx cancel</c>: one order back.</summary>
internal sealed class DydxCancelVerb(Surroundings surroundings)
{
    private readonly MarketChoiceOptions _market = new();

    private readonly Argument<uint> _id = new("ID") { Description = "The client id of the order" };

    private readonly Option<uint?> _block = new("--good-til-block")
    {
        Description = "Block at which a short-term order ends",
    };

    private readonly Option<string?> _time = new("--good-til-time")
    {
        Description = "When a stored order ends, as 2026-12-31T00:00:00Z or Unix seconds",
        HelpName = "TIME",
    };

    private readonly Option<string> _kind = OrderKinds.Option();

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new DydxCancelVerb(surroundings);
        var command = new Command("cancel", "Take an order back");
        verb._market.AddTo(command);
        command.Arguments.Add(verb._id);
        command.Options.Add(verb._block);
        command.Options.Add(verb._time);
        command.Options.Add(verb._kind);
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

        var isShort = Typed.Has(parsed, _block);
        if (isShort && (Typed.Has(parsed, _time) || Typed.Has(parsed, _kind)))
        {
            return UserError.Of(
                "--good-til-block is the end of a short-term order, --good-til-time and --kind belong to "
                + "stored ones: give one or the other.");
        }

        var polled = await _market.BlockAsync(
            parsed, session, needsHeight: false, surroundings.Wall.GetUtcNow(), cancellation);
        if (!polled.TryGet(out _, out error)) return error;
        var gridded = await _market.GridAsync(parsed, session.Client, cancellation);
        if (!gridded.TryGet(out var grid, out error)) return error;
        return Message(parsed, subaccount, grid).TryGet(out var message, out error)
            ? new SendRequest([message], isShort ? SendWay.ShortTerm : SendWay.Stateful)
            : error;
    }

    private Result<MsgCancelOrder, UserError> Message(
        ParseResult parsed, DydxSubaccount subaccount, OrderGrid grid)
    {
        var id = parsed.GetValue(_id);
        if (parsed.GetValue(_block) is { } block)
        {
            var key = new OrderKey(subaccount, id, DydxOrderKind.ShortTerm, grid.ClobPairId);
            return Told(Cancels.ShortTerm(key, block, block));
        }

        if (parsed.GetValue(_time) is not { } text)
        {
            return UserError.Of(
                "Name the order's own end: --good-til-block of a short-term order, --good-til-time of a "
                + "stored one.");
        }

        if (OrderKinds.Of(parsed.GetValue(_kind)!) is not { } kind)
        {
            return UserError.Of(OrderKinds.Unknown);
        }

        return TimeOf(text) is { } time
            ? Told(Cancels.Stateful(new OrderKey(subaccount, id, kind, grid.ClobPairId), time))
            : UserError.Of($"--good-til-time {text}: write 2026-12-31T00:00:00Z or Unix seconds.");
    }

    private static Result<MsgCancelOrder, UserError> Told(Result<MsgCancelOrder, OrderError> built) =>
        built.TryGet(out var message, out var refused) ? message : UserError.Of(refused.Message);

    private static GoodTilTime? TimeOf(string text)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return new GoodTilTime(seconds);
        }

        var isTime = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        return isTime && time.ToUnixTimeSeconds() is > 0 and <= uint.MaxValue ? GoodTilTime.Of(time) : null;
    }
}

using System.CommandLine;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel dydx replace</c>: another price and size for a short-term order that rests.</summary>
internal sealed class DydxReplaceVerb(Surroundings surroundings)
{
    private static readonly BlockWindow Window = new() { MostOffset = 40 };

    private readonly MarketChoiceOptions _market = new();

    private readonly Argument<uint> _id = new("ID") { Description = "The client id of the order" };

    private readonly Argument<string> _side = new("SIDE")
    {
        Description = "buy or sell, as the order has it",
    };

    private readonly Argument<string> _size = new("SIZE")
    {
        Description = "Base units: the whole, with what is filled already",
    };

    private readonly Option<string> _price = new("--price")
    {
        Description = "The new limit",
        HelpName = "PRICE",
        Required = true,
    };

    private readonly Option<uint> _end = new("--good-til-block")
    {
        Description = "The block at which the order ends that is to be replaced",
        HelpName = "BLOCK",
        Required = true,
    };

    private readonly Option<string> _tif = new("--tif")
    {
        Description = "gtt or post-only, as the order has it",
        HelpName = "TIF",
        DefaultValueFactory = _ => "gtt",
    };

    private readonly Option<uint?> _blocks = new("--blocks")
    {
        Description = "How many blocks the new order lasts [default: 12]",
    };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new DydxReplaceVerb(surroundings);
        var command = new Command("replace", "Give a short-term order that rests another price and size");
        verb._market.AddTo(command);
        command.Arguments.Add(verb._id);
        command.Arguments.Add(verb._side);
        command.Arguments.Add(verb._size);
        foreach (var option in (Option[])[verb._price, verb._end, verb._tif, verb._blocks])
        {
            command.Options.Add(option);
        }

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
            parsed, session, needsHeight: true, surroundings.Wall.GetUtcNow(), cancellation);
        if (!polled.TryGet(out var block, out error)) return error;
        var gridded = await _market.GridAsync(parsed, session.Client, cancellation);
        if (!gridded.TryGet(out var grid, out error)) return error;
        if (!Order(parsed, subaccount, grid, block).TryGet(out var next, out error)) return error;
        if (!OrderFactory.Build(next).TryGet(out var order, out var refused)
            || !OrderFactory.Build(next with { GoodTilBlock = parsed.GetValue(_end) })
                .TryGet(out var old, out refused)
            || !Replacements.Of(old, order, block.Height).TryGet(out var message, out refused))
        {
            return UserError.Of(refused.Message);
        }

        var says = OrderStatement.Of(next, order, _market.Name(parsed), block.Height);
        return new SendRequest([message], SendWay.ShortTerm) { Before = [says] };
    }

    private Result<DydxOrder.ShortTerm, UserError> Order(
        ParseResult parsed, DydxSubaccount subaccount, OrderGrid grid, BlockFacts block)
    {
        if (Sides.Of(parsed.GetValue(_side)!) is not { } side) return Sides.Unknown;
        if (!Amounts.ReadPositive("SIZE", parsed.GetValue(_size)!).TryGet(out var size, out var wrong)
            || !Amounts.ReadPositive("--price", parsed.GetValue(_price)!).TryGet(out var price, out wrong))
        {
            return UserError.Of(wrong);
        }

        if (!TimesInForce.Parse(parsed.GetValue(_tif)!).TryGet(out var force, out var refused))
        {
            return UserError.Of(refused.Message);
        }

        var blocks = parsed.GetValue(_blocks) ?? Window.RestingOffset;
        if (!Window.Ahead(block.Height, blocks).TryGet(out var end, out var late))
        {
            return UserError.Of(late.Message);
        }

        var terms = new OrderTerms
        {
            Subaccount = subaccount,
            ClientId = new ClientOrderId(parsed.GetValue(_id)),
            Grid = grid,
            Side = side,
            Size = new Size(size),
        };
        return new DydxOrder.ShortTerm(terms, new Price(price), end, force);
    }
}

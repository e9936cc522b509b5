using System.CommandLine;
using System.Security.Cryptography;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Cli.Dydx;

/// <summary>An order as it is typed.</summary>
internal sealed class OrderOptions
{
    private const string SlippageDefault = "2%";

    private readonly Argument<string> _side = new("SIDE") { Description = "buy or sell" };

    private readonly Argument<string> _size = new("SIZE") { Description = "Base units, e.g. 0.01" };

    private readonly Option<string?> _price = new("--price")
    {
        Description = "Limit; with --market the price that slippage is reckoned from",
        HelpName = "PRICE",
    };

    private readonly Option<bool> _market = new("--market")
    {
        Description = "Take what is there up to --slippage away from --price, and drop the rest",
    };

    private readonly Option<string> _slippage = new("--slippage")
    {
        Description = "How much worse a market order's price may get",
        HelpName = "SHARE",
        DefaultValueFactory = _ => SlippageDefault,
    };

    private readonly Option<string> _tif = new("--tif")
    {
        Description = "gtt, ioc or post-only",
        HelpName = "TIF",
        DefaultValueFactory = _ => "gtt",
    };

    private readonly Option<uint?> _days = new("--days")
    {
        Description = "Store the order on the chain for so many days; else it ends after --blocks",
    };

    private readonly Option<uint?> _blocks = new("--blocks")
    {
        Description = "How many blocks a short-term order lasts [default: 12, market orders 4]",
    };

    private readonly Option<string?> _stop = new("--stop")
    {
        Description = "Wait until the price is this bad; needs --days",
        HelpName = "PRICE",
    };

    private readonly Option<string?> _target = new("--take-profit")
    {
        Description = "Wait until the price is this good; needs --days",
        HelpName = "PRICE",
    };

    private readonly Option<bool> _reduceOnly = new("--reduce-only")
    {
        Description = "Only shrink a position",
    };

    private readonly Option<uint?> _id = new("--id")
    {
        Description = "Client id; one that was never used [default: drawn]",
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_side);
        command.Arguments.Add(_size);
        foreach (var option in (Option[])
            [_price, _market, _slippage, _tif, _days, _blocks, _stop, _target, _reduceOnly, _id])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The order.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="subaccount">Whose.</param>
    /// <param name="grid">The steps of its market.</param>
    /// <param name="height">The last block.</param>
    /// <param name="now">The time.</param>
    public Result<DydxOrder, UserError> Read(
        ParseResult parsed, DydxSubaccount subaccount, OrderGrid grid, uint height, DateTimeOffset now)
    {
        if (SideOf(parsed.GetValue(_side)!) is not { } side) return UserError.Of("SIDE: write buy or sell.");
        if (!Positive("SIZE", parsed.GetValue(_size)!).TryGet(out var size, out var wrong)) return wrong;
        var terms = new OrderTerms
        {
            Subaccount = subaccount,
            ClientId = new ClientOrderId(
                parsed.GetValue(_id) ?? (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue)),
            Grid = grid,
            Side = side,
            Size = new Size(size),
            ReduceOnly = parsed.GetValue(_reduceOnly),
        };
        var trigger = parsed.GetValue(_stop) ?? parsed.GetValue(_target);
        if (trigger is not null) return Triggered(parsed, terms, trigger, now);
        if (parsed.GetValue(_price) is not { } priceText) return UserError.Of("--price is missing.");
        if (!Positive("--price", priceText).TryGet(out var price, out wrong)) return wrong;
        if (parsed.GetValue(_market))
        {
            if (!Slippage(parsed).TryGet(out var slippage, out wrong)) return wrong;
            return new DydxOrder.Market(
                terms, new Price(price), slippage, height + (parsed.GetValue(_blocks) ?? 4));
        }

        if (!TimesInForce.Parse(parsed.GetValue(_tif)!).TryGet(out var force, out var refused))
        {
            return UserError.Of(refused.Message);
        }

        if (parsed.GetValue(_days) is not { } days)
        {
            return new DydxOrder.ShortTerm(
                terms, new Price(price), height + (parsed.GetValue(_blocks) ?? 12), force);
        }

        return force == TimeInForce.ImmediateOrCancel
            ? UserError.Of("An order that is stored cannot be immediate-or-cancel. Leave --days out.")
            : new DydxOrder.LongTerm(
                terms, new Price(price), GoodTilTime.Of(now.AddDays(days)), force == TimeInForce.PostOnly);
    }

    private Result<DydxOrder, UserError> Triggered(
        ParseResult parsed, OrderTerms terms, string trigger, DateTimeOffset now)
    {
        var isStop = parsed.GetValue(_stop) is not null;
        if (isStop && parsed.GetValue(_target) is not null)
        {
            return UserError.Of("--stop and --take-profit are two orders. Send them one by one.");
        }

        if (parsed.GetValue(_days) is not { } days)
        {
            return UserError.Of("--stop and --take-profit need --days.");
        }

        var name = isStop ? "--stop" : "--take-profit";
        if (!Positive(name, trigger).TryGet(out var at, out var wrong)) return wrong;
        var kind = isStop ? TriggerKind.StopLoss : TriggerKind.TakeProfit;
        var end = GoodTilTime.Of(now.AddDays(days));
        if (parsed.GetValue(_price) is not { } priceText)
        {
            return Slippage(parsed).TryGet(out var slippage, out wrong)
                ? new DydxOrder.TriggeredMarket(terms, kind, new Price(at), slippage, end)
                : wrong;
        }

        if (!Positive("--price", priceText).TryGet(out var price, out wrong)) return wrong;
        return TimesInForce.Parse(parsed.GetValue(_tif)!).TryGet(out var force, out var refused)
            ? new DydxOrder.TriggeredLimit(terms, kind, new Price(at), new Price(price), end, force)
            : UserError.Of(refused.Message);
    }

    private Result<Ppm, UserError> Slippage(ParseResult parsed) =>
        Amounts.ReadShare("--slippage", parsed.GetValue(_slippage)!).TryGet(out var share, out var wrong)
            ? new Ppm((long)decimal.Floor(Math.Clamp(share, -1m, 1m) * Ppm.One))
            : UserError.Of(wrong);

    private static Side? SideOf(string text) => text switch
    {
        "buy" => Side.Buy,
        "sell" => Side.Sell,
        _ => null,
    };

    private static Result<decimal, UserError> Positive(string name, string text)
    {
        if (!Amounts.Read(name, text).TryGet(out var value, out var wrong)) return UserError.Of(wrong);
        return value > 0m ? value : UserError.Of($"{name} {text}: give one above zero.");
    }
}

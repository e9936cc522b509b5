using System.CommandLine;
using System.Security.Cryptography;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Cli.Dydx;

/// <summary>An order as it is typed.</summary>
internal sealed class OrderOptions
{
    private const string SlippageDefault = "2%";

    /// <summary>The chain takes ends up to forty blocks ahead, and who names blocks may have them.</summary>
    private static readonly BlockWindow Window = new() { MostOffset = 40 };

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

    private readonly Option<uint?> _twap = new("--twap")
    {
        Description = "Spread it over so many seconds, 300 to 86400; needs --every and --days",
        HelpName = "SECONDS",
    };

    private readonly Option<uint?> _every = new("--every")
    {
        Description = "With --twap: seconds between the legs, 30 to 3600",
        HelpName = "SECONDS",
    };

    private readonly Option<string?> _tolerance = new("--tolerance")
    {
        Description = "With --twap and without --price: how far from the oracle price a leg may go",
        HelpName = "SHARE",
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
            [
                _price, _market, _slippage, _tif, _days, _blocks, _stop, _target, _twap, _every, _tolerance,
                _reduceOnly, _id,
            ])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether the order ends at a block and not at a time.</summary>
    public bool EndsAtBlock(ParseResult parsed) => parsed.GetValue(_days) is null;

    /// <summary>The order. Options that do not belong together are refused, none is passed over.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="subaccount">Whose.</param>
    /// <param name="grid">The steps of its market.</param>
    /// <param name="block">The last block.</param>
    public Result<DydxOrder, UserError> Read(
        ParseResult parsed, DydxSubaccount subaccount, OrderGrid grid, BlockFacts block)
    {
        if (Clash(parsed) is { } clash) return UserError.Of(clash);
        if (Sides.Of(parsed.GetValue(_side)!) is not { } side) return Sides.Unknown;
        if (!Amounts.ReadPositive("SIZE", parsed.GetValue(_size)!).TryGet(out var size, out var wrong))
        {
            return UserError.Of(wrong);
        }

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
        if (!TimesInForce.Parse(parsed.GetValue(_tif)!).TryGet(out var force, out var refused))
        {
            return UserError.Of(refused.Message);
        }

        return parsed.GetValue(_days) is { } days
            ? Stored(parsed, terms, force, days, block.Time)
            : ShortTerm(parsed, terms, force, block.Height);
    }

    private Result<DydxOrder, UserError> ShortTerm(
        ParseResult parsed, OrderTerms terms, TimeInForce force, uint height)
    {
        if (!Price(parsed, _price).TryGet(out var price, out var wrong)) return wrong;
        var isMarket = parsed.GetValue(_market);
        var blocks = parsed.GetValue(_blocks) ?? (isMarket ? Window.MarketOffset : Window.RestingOffset);
        if (!Window.Ahead(height, blocks).TryGet(out var end, out var late))
        {
            return UserError.Of(late.Message);
        }

        if (!isMarket) return new DydxOrder.ShortTerm(terms, price, end, force);
        return Slippage(parsed).TryGet(out var slippage, out wrong)
            ? new DydxOrder.Market(terms, price, slippage, end)
            : wrong;
    }

    private Result<DydxOrder, UserError> Stored(
        ParseResult parsed, OrderTerms terms, TimeInForce force, uint days, DateTimeOffset now)
    {
        if (!TimeWindow.AfterDays(days, now).TryGet(out var end, out var late))
        {
            return UserError.Of($"--days {days}: {late.Message}");
        }

        if (parsed.GetValue(_twap) is { } seconds) return Spread(parsed, terms, seconds, end);
        var isStop = parsed.GetValue(_stop) is not null;
        if (isStop || parsed.GetValue(_target) is not null)
        {
            return Triggered(parsed, terms, isStop, end, force);
        }

        if (!Price(parsed, _price).TryGet(out var price, out var wrong)) return wrong;
        return new DydxOrder.LongTerm(terms, price, end, force == TimeInForce.PostOnly);
    }

    private Result<DydxOrder, UserError> Triggered(
        ParseResult parsed, OrderTerms terms, bool isStop, GoodTilTime end, TimeInForce force)
    {
        if (!Price(parsed, isStop ? _stop : _target).TryGet(out var at, out var wrong)) return wrong;
        var kind = isStop ? TriggerKind.StopLoss : TriggerKind.TakeProfit;
        if (parsed.GetValue(_price) is null)
        {
            return Slippage(parsed).TryGet(out var slippage, out wrong)
                ? new DydxOrder.TriggeredMarket(terms, kind, at, slippage, end)
                : wrong;
        }

        return Price(parsed, _price).TryGet(out var price, out wrong)
            ? new DydxOrder.TriggeredLimit(terms, kind, at, price, end, force)
            : wrong;
    }

    private Result<DydxOrder, UserError> Spread(
        ParseResult parsed, OrderTerms terms, uint seconds, GoodTilTime end)
    {
        var every = parsed.GetValue(_every) ?? 0;
        if (parsed.GetValue(_price) is null)
        {
            if (parsed.GetValue(_tolerance) is not { } text)
            {
                return UserError.Of(
                    "--twap: name the worst price with --price, or how far a leg may go with --tolerance.");
            }

            return Share("--tolerance", text).TryGet(out var tolerance, out var bad)
                ? new DydxOrder.Twap(terms, seconds, every, tolerance, null, end)
                : bad;
        }

        return Price(parsed, _price).TryGet(out var price, out var wrong)
            ? new DydxOrder.Twap(terms, seconds, every, new Ppm(0), price, end)
            : wrong;
    }

    /// <summary>The first two options that do not belong together; null where all do.</summary>
    private string? Clash(ParseResult parsed)
    {
        var isMarket = parsed.GetValue(_market);
        var hasPrice = Typed.Has(parsed, _price);
        var trigger = Typed.Has(parsed, _stop) ? _stop : Typed.Has(parsed, _target) ? _target : null;
        var isTwap = Typed.Has(parsed, _twap);
        var drops = isMarket || (trigger is not null && !hasPrice);
        var isIoc = string.Equals(parsed.GetValue(_tif), "ioc", StringComparison.OrdinalIgnoreCase);
        var hasDays = Typed.Has(parsed, _days);
        (bool Is, string What)[] clashes =
        [
            (Typed.Has(parsed, _stop) && Typed.Has(parsed, _target),
                "--stop and --take-profit are two orders. Send them one by one."),
            (isMarket && trigger is not null,
                $"--market takes at once and {trigger?.Name} waits. Without --price, {trigger?.Name} becomes "
                + "a market order when it fires: leave --market out."),
            (isTwap && (isMarket || trigger is not null),
                "--twap is an order of its own: leave --market, --stop and --take-profit out."),
            (isMarket && hasDays, "--market takes at once and is not stored: leave --days out."),
            (trigger is not null && !hasDays, "--stop and --take-profit need --days."),
            (isTwap && !hasDays, "--twap needs --days."),
            (isTwap != Typed.Has(parsed, _every), "--twap and --every belong together."),
            (!isTwap && Typed.Has(parsed, _tolerance), "--tolerance belongs to --twap."),
            (hasPrice && Typed.Has(parsed, _tolerance),
                "With --price the chain passes --tolerance over: give one of the two."),
            (hasDays && Typed.Has(parsed, _blocks),
                "--blocks ends orders that are not stored, and --days those that are: give one of the two."),
            (drops && Typed.Has(parsed, _tif) && !isIoc,
                "What takes at once drops the rest: leave --tif out, or write ioc."),
            (isTwap && Typed.Has(parsed, _tif), "--twap rests nowhere: leave --tif out."),
            (!drops && Typed.Has(parsed, _slippage),
                "--slippage belongs to --market, and to --stop and --take-profit without --price."),
            (hasDays && trigger is null && isIoc,
                "An order that is stored cannot be immediate-or-cancel. Leave --days out."),
        ];
        return Array.Find(clashes, clash => clash.Is).What;
    }

    private Result<Ppm, UserError> Slippage(ParseResult parsed) =>
        Share("--slippage", parsed.GetValue(_slippage)!);

    private static Result<Ppm, UserError> Share(string name, string text) =>
        Amounts.ReadShare(name, text).TryGet(out var share, out var wrong)
            ? new Ppm((long)decimal.Floor(Math.Clamp(share, -1m, 1m) * Ppm.One))
            : UserError.Of(wrong);

    private static Result<Price, UserError> Price(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text) return UserError.Of($"{option.Name} is missing.");
        return Amounts.ReadPositive(option.Name, text).TryGet(out var value, out var wrong)
            ? new Price(value)
            : UserError.Of(wrong);
    }
}

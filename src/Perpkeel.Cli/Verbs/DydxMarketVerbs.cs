using System.CommandLine;
using System.Globalization;
using Perpkeel.Cli.Dydx.Reading;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Instruments;
using Perpkeel.Venues.Dydx.Indexer.Records;

namespace Perpkeel.Cli.Verbs;

/// <summary>
/// <c>perpkeel dydx markets|book|trades|candles|funding</c>: markets as the Indexer tells them.
/// </summary>
internal static class DydxMarketVerbs
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Command> Create(Surroundings surroundings) =>
        [Markets(surroundings), Book(surroundings), Trades(surroundings), Candles(surroundings),
            Funding(surroundings)];

    private static Command Markets(Surroundings surroundings)
    {
        var market = new Argument<string?>("MARKET")
        {
            Description = "E.g. BTC-USD; without it all are shown",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var run = new IndexerRun(surroundings);
        var command = new Command(
            "markets", "Show markets: oracle price, funding, open interest, margins, grid")
        {
            market,
        };
        run.Options.AddTo(command);
        command.SetAction((parsed, cancellation) => parsed.GetValue(market) is { } name
            ? run.AskAsync(
                parsed, (client, stop) => client.Markets.OneAsync(new MarketId(name), stop),
                (one, isJson) => Sheets.Markets.Tell(surroundings, isJson, [one]), cancellation)
            : run.AskAsync(
                parsed, (client, stop) => client.Markets.AllAsync(stop),
                (all, isJson) => Sheets.Markets.Tell(surroundings, isJson, all), cancellation));
        return command;
    }

    private static Command Book(Surroundings surroundings)
    {
        var market = Market();
        var depth = Rows("--depth", "Levels of each side, at most 100", 10);
        var run = new IndexerRun(surroundings);
        var command = new Command("book", "Show an order book as the Indexer uncrosses it") { market, depth };
        run.Options.AddTo(command);
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed, (client, stop) => client.Markets.BookAsync(new MarketId(parsed.GetValue(market)!), stop),
            (book, isJson) =>
            {
                var asks = Levels("ask", book.Asks, parsed.GetValue(depth));
                asks.Reverse();
                Sheets.Book.Tell(
                    surroundings, isJson, [.. asks, .. Levels("bid", book.Bids, parsed.GetValue(depth))]);
            },
            cancellation));
        return command;
    }

    private static Command Trades(Surroundings surroundings)
    {
        var market = Market();
        var limit = Rows("--limit", "How many, at most 1000", 20);
        var run = new IndexerRun(surroundings);
        var command = new Command("trades", "Show the latest trades of a market") { market, limit };
        run.Options.AddTo(command);
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            (client, stop) => client.Markets.TradesAsync(
                new MarketId(parsed.GetValue(market)!), parsed.GetValue(limit), null, stop),
            (trades, isJson) => Sheets.Trades.Tell(surroundings, isJson, trades), cancellation));
        return command;
    }

    private static Command Candles(Surroundings surroundings)
    {
        var market = Market();
        var limit = Rows("--limit", "How many, at most 1000", 20);
        var resolution = new Option<string>("--resolution")
        {
            Description = "1MIN, 5MINS, 15MINS, 30MINS, 1HOUR, 4HOURS or 1DAY",
            DefaultValueFactory = _ => "1HOUR",
        };
        var to = new Option<string?>("--to")
        {
            Description = "Candles that begin before this time, e.g. 2026-01-02T03:00:00Z",
            HelpName = "TIME",
        };
        var run = new IndexerRun(surroundings);
        var command = new Command("candles", "Show candles of a market, newest first")
        {
            market, resolution, to, limit,
        };
        run.Options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (CandleResolutions.Find(parsed.GetValue(resolution)!) is not { } length)
            {
                return Task.FromResult(run.Usage(UserError.Of(
                    $"--resolution {parsed.GetValue(resolution)}: write 1MIN, 5MINS, 15MINS, 30MINS, 1HOUR, "
                    + "4HOURS or 1DAY.")));
            }

            DateTimeOffset? until = null;
            if (parsed.GetValue(to) is { } text)
            {
                if (!DateTimeOffset.TryParse(
                    text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                {
                    return Task.FromResult(
                        run.Usage(UserError.Of($"--to {text}: write a time as 2026-01-02T03:00:00Z.")));
                }

                until = time;
            }

            return run.AskAsync(
                parsed,
                (client, stop) => client.Markets.CandlesAsync(
                    new MarketId(parsed.GetValue(market)!), length, null, until, parsed.GetValue(limit),
                    stop),
                (candles, isJson) => Sheets.Candles.Tell(surroundings, isJson, candles), cancellation);
        });
        return command;
    }

    private static Command Funding(Surroundings surroundings)
    {
        var market = Market();
        var limit = Rows("--limit", "How many hours, at most 1000", 24);
        var run = new IndexerRun(surroundings);
        var command = new Command("funding", "Show the hourly funding rates of a market, newest first")
        {
            market, limit,
        };
        run.Options.AddTo(command);
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            (client, stop) => client.Markets.FundingAsync(
                new MarketId(parsed.GetValue(market)!), parsed.GetValue(limit), null, stop),
            (hours, isJson) => Sheets.Funding.Tell(surroundings, isJson, hours), cancellation));
        return command;
    }

    private static Argument<string> Market() => new("MARKET") { Description = "E.g. BTC-USD" };

    private static Option<int> Rows(string name, string words, int usual) => new(name)
    {
        Description = words,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
    };

    private static List<DepthRow> Levels(string side, IEnumerable<BookLine> lines, int depth)
    {
        var rows = new List<DepthRow>();
        var sum = 0m;
        foreach (var line in lines.Take(depth))
        {
            sum += line.Size;
            rows.Add(new DepthRow(side, line.Price, line.Size, sum));
        }

        return rows;
    }
}

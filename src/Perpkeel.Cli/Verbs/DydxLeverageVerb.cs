using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel dydx leverage</c>: no more leverage than that, by market.</summary>
internal sealed class DydxLeverageVerb
{
    private readonly MarketPairs _markets = new("MARKETS", "The most leverage by market, e.g. BTC-USD=10");

    private readonly Option<uint> _subaccount = new("--subaccount")
    {
        Description = "Number of the subaccount",
        DefaultValueFactory = _ => 0,
    };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new DydxLeverageVerb();
        var command = new Command("leverage", "Set the most leverage of a subaccount in markets");
        verb._markets.AddTo(command);
        command.Options.Add(verb._subaccount);
        return new SigningRun(new ChainOptions(), surroundings).Finish(command, verb.BuildAsync);
    }

    private async Task<Result<SendRequest, UserError>> BuildAsync(
        ParseResult parsed, ChainSession session, CancellationToken cancellation)
    {
        if (!session.Subaccount(parsed.GetValue(_subaccount)).TryGet(out var subaccount, out var error))
        {
            return error;
        }

        var asked = await _markets.ReadAsync(parsed, session, cancellation);
        if (!asked.TryGet(out var pairs, out error)) return error;
        var markets = new List<MarketLeverage>();
        var before = new List<Statement>();
        foreach (var (clobPairId, text) in pairs)
        {
            if (!Amounts.Read("MARKETS", text.TrimEnd('x')).TryGet(out var leverage, out var wrong))
            {
                return UserError.Of(wrong);
            }

            if (!MarketLeverage.AtMost(clobPairId, leverage).TryGet(out var market, out var bad))
            {
                return UserError.Of(bad.Message);
            }

            markets.Add(market);
            before.Add(new Statement(
                "leverage",
                new JsonObject
                {
                    ["clobPairId"] = clobPairId,
                    ["initialMarginPpm"] = market.InitialMargin.Value,
                },
                [
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"leverage: at most {leverage} in clob pair {clobPairId}, an initial margin of "
                        + $"{market.InitialMargin.Value} ppm"),
                ]));
        }

        return LeverageUpdates.Of(subaccount, markets).TryGet(out var message, out var refused)
            ? new SendRequest([message], SendWay.Stateful) { Before = before }
            : UserError.Of(refused.Message);
    }
}

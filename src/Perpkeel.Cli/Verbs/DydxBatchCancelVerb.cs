using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel dydx batch-cancel</c>: up to a hundred short-term orders back.</summary>
internal sealed class DydxBatchCancelVerb
{
    private readonly MarketPairs _orders = new(
        "ORDERS", "Client ids by market, e.g. BTC-USD=4711,4712 ETH-USD=7");

    private readonly Option<uint> _subaccount = new("--subaccount")
    {
        Description = "Number of the subaccount",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<uint> _block = new("--good-til-block")
    {
        Description = "The latest block at which one of the orders ends",
        HelpName = "BLOCK",
        Required = true,
    };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new DydxBatchCancelVerb();
        var command = new Command("batch-cancel", "Take up to a hundred short-term orders back");
        verb._orders.AddTo(command);
        command.Options.Add(verb._subaccount);
        command.Options.Add(verb._block);
        return new SigningRun(new ChainOptions(), surroundings).Finish(command, verb.BuildAsync);
    }

    private async Task<Result<SendRequest, UserError>> BuildAsync(
        ParseResult parsed, ChainSession session, CancellationToken cancellation)
    {
        if (!session.Subaccount(parsed.GetValue(_subaccount)).TryGet(out var subaccount, out var error))
        {
            return error;
        }

        var asked = await _orders.ReadAsync(parsed, session, cancellation);
        if (!asked.TryGet(out var pairs, out error)) return error;
        var batches = new List<CancelBatch>();
        foreach (var (clobPairId, text) in pairs)
        {
            var ids = new List<uint>();
            foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                {
                    return UserError.Of($"ORDERS {text}: '{part}' is no client id.");
                }

                ids.Add(id);
            }

            batches.Add(new CancelBatch(clobPairId, ids));
        }

        var built = Cancels.Batch(subaccount, batches, parsed.GetValue(_block));
        if (!built.TryGet(out var message, out var refused)) return UserError.Of(refused.Message);
        const string Words = "The answer to a batch tells nothing of single orders: each is over when its "
            + "block is past, and what was filled before is told by its fills.";
        return new SendRequest([message], SendWay.ShortTerm)
        {
            Before = [new Statement("batch-cancel", new JsonObject { ["words"] = Words }, [Words])],
        };
    }
}

using System.CommandLine;
using Perpkeel.Cli.Dydx.Reading;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Perpkeel.Venues.Dydx.Indexer.Rest;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Cli.Verbs;

/// <summary>
/// <c>perpkeel dydx account|orders|fills</c>: accounts as the Indexer tells them; no key is asked for.
/// </summary>
internal sealed class DydxAccountVerbs(Surroundings surroundings)
{
    private readonly IndexerRun _run = new(surroundings);
    private readonly Argument<string> _address = new("ADDRESS") { Description = "The account, dydx1..." };

    private readonly Option<uint> _subaccount = new("--subaccount")
    {
        Description = "Number of the subaccount",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<bool> _parent = new("--parent")
    {
        Description = "With the isolated subaccounts that belong to it",
    };

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How many, at most 1000",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    private readonly Option<string?> _market = new("--market") { Description = "Of one market" };

    /// <summary>All of them.</summary>
    public static IEnumerable<Command> Create(Surroundings surroundings) =>
    [
        new DydxAccountVerbs(surroundings).Account(), new DydxAccountVerbs(surroundings).Orders(),
        new DydxAccountVerbs(surroundings).Fills(),
    ];

    private Command Account()
    {
        var command = new Command("account", "Show what an account holds: equity, USDC, positions")
        {
            _address, _subaccount, _parent,
        };
        _run.Options.AddTo(command);
        command.SetAction((parsed, cancellation) => Of(parsed).TryGet(out var account, out var wrong)
            ? _run.AskAsync(parsed, (client, stop) => HeldAsync(client, account, stop), Tell, cancellation)
            : Task.FromResult(_run.Usage(wrong)));
        return command;
    }

    private Command Orders()
    {
        var open = new Option<bool>("--open") { Description = "Only those that may still be filled" };
        var command = new Command("orders", "Show orders of an account, newest first")
        {
            _address, _subaccount, _parent, _market, open, _limit,
        };
        _run.Options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (!Of(parsed).TryGet(out var account, out var wrong)) return Task.FromResult(_run.Usage(wrong));
            var query = new OrdersQuery
            {
                Limit = parsed.GetValue(_limit),
                Ticker = parsed.GetValue(_market),
                ReturnLatestOrders = true,
                Statuses = parsed.GetValue(open)
                    ? [OrderStatus.Open, OrderStatus.Untriggered, OrderStatus.BestEffortOpened,
                        OrderStatus.BestEffortCanceled]
                    : [],
            };
            return _run.AskAsync(
                parsed, (client, stop) => client.Accounts.OrdersAsync(account, query, stop),
                (orders, isJson) => Sheets.Orders.Tell(surroundings, isJson, orders), cancellation);
        });
        return command;
    }

    private Command Fills()
    {
        var command = new Command("fills", "Show fills of an account with their fees, newest first")
        {
            _address, _subaccount, _parent, _market, _limit,
        };
        _run.Options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (!Of(parsed).TryGet(out var account, out var wrong)) return Task.FromResult(_run.Usage(wrong));
            var query = new HistoryQuery
            {
                Limit = parsed.GetValue(_limit),
                Ticker = parsed.GetValue(_market),
            };
            return _run.AskAsync(
                parsed, (client, stop) => client.Accounts.FillsAsync(account, query, stop),
                (fills, isJson) => Sheets.Fills.Tell(surroundings, isJson, fills), cancellation);
        });
        return command;
    }

    private static async Task<Result<List<IndexerSubaccount>, IndexerError>> HeldAsync(
        IndexerClient client, IndexerAccount account, CancellationToken cancellation)
    {
        if (account.IsParent)
        {
            var parent = await client.Accounts.ParentAsync(account.Address, account.Number, cancellation);
            return parent.TryGet(out var found, out var none) ? found.Children.ToList() : Empty(none);
        }

        var one = await client.Accounts.SubaccountAsync(account.Address, account.Number, cancellation);
        return one.TryGet(out var held, out var error) ? new List<IndexerSubaccount> { held } : Empty(error);
    }

    /// <summary>An account that was never used is not found, and that is no fault.</summary>
    private static Result<List<IndexerSubaccount>, IndexerError> Empty(IndexerError error) =>
        error is IndexerError.NotFound ? new List<IndexerSubaccount>() : error;

    private void Tell(List<IndexerSubaccount> held, bool isJson)
    {
        Sheets.Accounts.Tell(surroundings, isJson, held);
        var positions = held.SelectMany(one => one.OpenPositions).ToList();
        if (isJson || positions.Count > 0) Sheets.Positions.Tell(surroundings, isJson, positions);
    }

    private Result<IndexerAccount, UserError> Of(ParseResult parsed)
    {
        if (!DydxAddress.Parse(parsed.GetValue(_address)!).TryGet(out var address, out var bad))
        {
            return UserError.Of(bad.Message);
        }

        var number = parsed.GetValue(_subaccount);
        if (parsed.GetValue(_parent))
        {
            return IndexerAccount.Parent(address, number).TryGet(out var parent, out var none)
                ? parent
                : UserError.Of(none.Message);
        }

        return DydxSubaccount.Of(address, number).TryGet(out var subaccount, out var wrong)
            ? IndexerAccount.Of(subaccount)
            : UserError.Of(wrong.Message);
    }
}

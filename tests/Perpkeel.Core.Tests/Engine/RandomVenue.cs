using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;

namespace Perpkeel.Core.Tests.Engine;

/// <summary>
/// Makes a venue and a user do whatever a list of numbers says: partial fills, rejections, cancellations of
/// its own, stops that fire and fill partly, lost calls, liquidations, reports told twice, requests at any
/// time.
/// </summary>
internal sealed class RandomVenue(ScriptedAccount account)
{
    private const int Kinds = 12;

    /// <summary>Does one thing.</summary>
    public void Act(int number)
    {
        var choice = number / Kinds;
        switch (number % Kinds)
        {
            case 0 or 1:
                account.Enter(Market(choice), choice % 5 < 3 ? Side.Buy : Side.Sell);
                break;
            case 2:
                account.Exit(Market(choice));
                break;
            case 3:
                account.Advance(TimeSpan.FromMilliseconds(choice % 7_000));
                break;
            case 4:
                Repeat(choice);
                break;
            case 5:
                Liquidate(Market(choice), choice);
                break;
            case 6:
                Move(Market(choice), choice);
                break;
            default:
                Answer(choice);
                break;
        }
    }

    /// <summary>
    /// Lets the venue finish everything: no more surprises, all is answered until nothing is left.
    /// </summary>
    public void Finish()
    {
        for (var round = 0; round < 400 && account.State.Brackets.Count > 0; round++)
        {
            foreach (var market in SampleMarkets.All) account.Exit(market);
            foreach (var order in account.Venue.Live.ToList()) Conclude(order);
            account.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static Market Market(int choice) => SampleMarkets.All[choice % SampleMarkets.All.Count];

    private void Repeat(int choice)
    {
        var reports = account.Venue.Reports;
        account.Hear(reports[choice % reports.Count]);
    }

    private void Move(Market market, int choice)
    {
        var fair = market == SampleMarkets.Btc ? 50_000m : market == SampleMarkets.Eth ? 3_000m : 150m;
        account.Price(market, fair * (80 + (choice % 41)) / 100m);
        account.Mark();
    }

    private void Liquidate(Market market, int choice)
    {
        var held = account.Venue.PositionIn(market.Id).Abs();
        if (held.IsZero) return;
        var size = Part(market, held, choice);
        account.Hear(account.Venue.Liquidates(market.Id, size, Fair(market), 0.1m));
    }

    private void Answer(int choice)
    {
        var live = account.Venue.Live.ToList();
        if (live.Count == 0) return;
        var order = live[choice % live.Count];
        var what = choice / live.Count % 10;
        if (!order.IsOpen) Arrive(order, what);
        else if (order.CancelArrived && what < 6) Cancel(order, what);
        else if (order.Intent.IsConditional && !order.IsTriggered) Rest(order, what);
        else Match(order, what, choice);
    }

    private void Arrive(ScriptedOrder order, int what)
    {
        var id = order.Intent.ClientId;
        switch (what)
        {
            case 0 when order.CancelArrived:
                Cancel(order, what);
                break;
            case 0 or 1:
                account.Hear(account.Venue.Rejects(id));
                break;
            case 2:
                account.Ask(new Request.CallRejected(id, "scripted", "no"));
                account.Venue.Lose(id);
                break;
            case 3:
                account.Ask(new Request.CallUnanswered(id));
                account.Venue.Lose(id);
                account.Ask(new Request.NotAtVenue(id, "scripted"));
                break;
            case 4:
                account.Ask(new Request.CallUnanswered(id));
                break;
            default:
                account.Hear(account.Venue.Opens(id));
                break;
        }
    }

    private void Cancel(ScriptedOrder order, int what)
    {
        var id = order.Intent.ClientId;
        account.Hear(what == 0
            ? account.Venue.RefusesCancel(id)
            : account.Venue.Ends(id, OrderEnding.Cancelled));
    }

    private void Rest(ScriptedOrder order, int what)
    {
        var id = order.Intent.ClientId;
        var lost = what == 0 ? OrderEnding.Cancelled : OrderEnding.Rejected;
        if (what < 2) account.Hear(account.Venue.Ends(id, lost));
        else if (what < 5) account.Hear(account.Venue.Triggers(id, order.Intent.Trigger!.Value.Value));
    }

    private void Match(ScriptedOrder order, int what, int choice)
    {
        var id = order.Intent.ClientId;
        var most = CanFill(order);
        if (most.IsZero) account.Hear(account.Venue.Ends(id, Over(order)));
        else if (what < 2) account.Hear(account.Venue.Ends(id, OrderEnding.RestDropped));
        else Fill(order, what < 5 ? most.Value : Part(MarketOf(order), most, choice));
    }

    private void Conclude(ScriptedOrder order)
    {
        var id = order.Intent.ClientId;
        if (!order.IsOpen) account.Hear(account.Venue.Opens(id));
        if (order.CancelArrived)
        {
            account.Hear(account.Venue.Ends(id, OrderEnding.Cancelled));
            return;
        }

        if (order.Intent.IsConditional && !order.IsTriggered) return;
        if (CanFill(order) is { IsZero: false } most) Fill(order, most.Value);
        if (!order.IsOver) account.Hear(account.Venue.Ends(id, Over(order)));
    }

    private void Fill(ScriptedOrder order, decimal size)
    {
        var id = order.Intent.ClientId;
        account.Hear(account.Venue.Fills(id, size, order.Intent.Limit.Value, 0.01m));
        if (order.Remaining.IsZero) account.Hear(account.Venue.Ends(id, OrderEnding.Filled));
    }

    private static OrderEnding Over(ScriptedOrder order) => order.Remaining.IsZero ? OrderEnding.Filled
        : order.Intent.ReduceOnly ? OrderEnding.ReduceOnly
        : OrderEnding.RestDropped;

    private Size CanFill(ScriptedOrder order)
    {
        if (!order.Intent.ReduceOnly) return order.Remaining;
        var against = account.Venue.PositionIn(order.Intent.Market).Value * -order.Intent.Side.Sign();
        return Size.Min(order.Remaining, new Size(Math.Max(0m, against)));
    }

    private static decimal Part(Market market, Size whole, int choice)
    {
        var steps = market.StepsOf(whole).Value;
        return market.SizeOf(new Steps(1 + (choice % steps))).Value;
    }

    private decimal Fair(Market market) => market.FloorToTick(account.Bracket(market).LastPrice.Value).Value;

    private static Market MarketOf(ScriptedOrder order) =>
        SampleMarkets.All.Single(market => market.Id == order.Intent.Market);
}

using Perpkeel.Cli.Control.Handlers;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;

namespace Perpkeel.Cli.Accounts;

/// <summary>Carries out <c>perpkeel orders</c>.</summary>
internal sealed class OrdersCommand(Surroundings world)
{
    private readonly AccountDesk _desk = new(world);

    /// <summary>Shows the orders; gives the exit code.</summary>
    public async Task<int> ExecuteAsync(string? data, bool all, bool json, CancellationToken cancellation)
    {
        var asked = await _desk.AskAsync(
            data, OrdersHandler.Name, null, AccountJson.Default.OrdersAnswer,
            account => OrdersAnswer.Of(account.View), cancellation);
        if (!asked.TryGet(out var answered, out var wrong)) return _desk.Fail(wrong);
        var answer = answered.Value;
        if (all)
        {
            // Ended orders are history: the journal has them, and the run need not look them up.
            if (!JournalAccount.Read(answered.Folder).TryGet(out var account, out wrong))
            {
                return _desk.Fail(wrong);
            }

            answer = answer.With(OrderHistory.Ended(account.Facts));
        }

        if (json) _desk.TellJson(answer, AccountJson.Default.OrdersAnswer);
        else Tell(answer, answered.Note, all);
        return ExitCode.Ok;
    }

    private void Tell(OrdersAnswer answer, string? note, bool all)
    {
        world.Tell(answer.Head.ToString());
        if (note is not null) world.Tell($"note: {note}");
        if (answer.Orders.Count == 0)
        {
            world.Tell(all ? "There were no orders yet." : "No order is open.");
            return;
        }

        var table = new TextTable(
            "order", "<market", "<for", "<kind", "<side", "size", "filled", "limit", "trigger", "<phase",
            "<since");
        foreach (var order in answer.Orders)
        {
            table.Add(
                isMarked: false, $"{order.Id}", order.Market, $"{order.Role} b{order.Bracket}", order.Kind,
                order.Side, order.Size, order.Filled, order.Limit, order.Trigger ?? "", PhaseOf(order),
                Words.Time(order.Since));
        }

        table.Write(world);
    }

    private static string PhaseOf(OrderRow order)
    {
        if (order.Ending is { } ending) return $"ended: {ending}";
        return order.IsCancelling ? $"{order.Phase}, cancelling" : order.Phase;
    }
}

using Perpkeel.Cli.Control;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Risk;

namespace Perpkeel.Cli.Accounts.Sizing;

/// <summary>
/// Sizes an entry as the account's engine would, from the same account, prices and limits, and sends nothing.
/// </summary>
internal static class EntrySizing
{
    /// <summary>The answer, or what is wrong with the question.</summary>
    public static Result<SizeAnswer, ControlError> Of(AccountView view, SizeQuestion question)
    {
        var market = view.Markets.Values.FirstOrDefault(
            known => known.Id.Value.Equals(question.Market, StringComparison.OrdinalIgnoreCase));
        if (market is null)
        {
            return ControlError.BadArgument(
                $"There is no market {question.Market}.",
                $"There are {string.Join(", ", view.Markets.Keys.Order())}.");
        }

        var notes = new List<string>();
        if (!EntryOf(view, market, question, notes).TryGet(out var entry, out var unpriced)) return unpriced;
        var stop = EntryPlanner.Inward(market, question.Stop, question.Side);
        if (stop.Value != question.Stop) notes.Add($"the stop goes to the market's grid: {stop}");
        var oracle = view.Mark(market.Id) is { Value: > 0m } mark ? mark : entry.Price;
        var limits = question.RiskPercent is { } percent
            ? view.Limits with { RiskPerTrade = percent / 100m }
            : view.Limits;
        var facts = AccountMath.Facts(view.State, view.Markets, limits, market.Id, view.Mark, 2, view.Now);
        var request = EntryPlanner.Request(market, facts, limits, question.Side, entry.Price, stop);
        if (!PositionSizer.Size(request).TryGet(out var sized, out var error))
        {
            return ControlError.BadArgument(Sentence(error.Message), "Give other prices.");
        }

        var worst = EntryPlanner.Worst(market, entry.Price, limits.Slippage, question.Side);
        var reserve = AccountMath.ReservePerUnit(market, limits, question.Side, worst, oracle);
        return Answer(view, question, market, facts, entry, stop, sized, reserve, notes) with
        {
            Target = TakeProfit.From(entry.Price, stop, limits.RewardRisk, question.Side)
                .TryGet(out var target, out _)
                ? EntryPlanner.Inward(market, target.Value, question.Side.Opposite()).ToString()
                : null,
        };
    }

    private static SizeAnswer Answer(
        AccountView view, SizeQuestion question, Market market, AccountFacts facts, Entry entry, Price stop,
        PositionSizingResult sized, Usd reserve, List<string> notes)
    {
        var affordable = market.FloorToStep(Math.Max(0m, facts.Available.Value) / reserve.Value);
        var isCut = affordable < sized.Quantity;
        var quantity = isCut ? affordable : sized.Quantity;
        var reason = isCut ? EntryPlanner.Collateral : sized.Reason;
        return new SizeAnswer
        {
            Head = view.Head,
            Market = market.Id.Value,
            Side = Words.Of(question.Side),
            Entry = entry.Price.ToString(),
            EntryFrom = entry.From,
            Stop = stop.ToString(),
            Target = null,
            Available = Words.Exact(facts.Available),
            Quantity = quantity.ToString(),
            Notional = Words.Exact(entry.Price * quantity),
            AtRisk = Words.Exact(new Usd(Math.Abs(entry.Price.Value - stop.Value) * quantity.Value)),
            Reserved = Words.Exact(reserve * quantity.Value),
            Reason = reason,
            Limits =
            [
                .. sized.Limits.Select(limit => new SizeLimit(
                    limit.Name, limit.Quantity.ToString(), limit.Value, Binds(limit.Name, reason))),
                new SizeLimit(
                    EntryPlanner.Collateral, affordable.ToString(), $"{facts.Available} / {reserve}",
                    Binds(EntryPlanner.Collateral, reason)),
            ],
            Refusal = view is { IsRunning: true } && view.Seen(market.Id) is { } seen
                ? RiskGate.CheckBeforeSizing(facts, view.Limits, seen.Facts, view.Now)
                : null,
            Notes = notes,
        };
    }

    /// <summary>
    /// A size of zero is due to the limit whose name ends the reason, e.g. below-min-order.
    /// </summary>
    private static bool Binds(string limit, string reason) =>
        reason.Equals(limit, StringComparison.Ordinal)
        || (reason is SizingReason.BelowMinOrder && limit is SizingReason.MinOrder)
        || (reason is SizingReason.BelowStep && limit is SizingReason.Step);

    private static Result<Entry, ControlError> EntryOf(
        AccountView view, Market market, SizeQuestion question, List<string> notes)
    {
        if (question.Price is { } price) return new Entry(new Price(price), "given");
        if (view.Seen(market.Id) is not { } seen)
        {
            return view.IsCatchingUp
                ? ControlError.CatchingUp
                : ControlError.BadArgument(
                    $"No price of {market.Id} is known.", "Give the price of the entry with --price.");
        }

        if (!view.IsRunning) notes.Add($"prices are the last that are known, of {Words.Time(seen.At)}");
        return question.Side == Side.Buy
            ? new Entry(seen.Facts.Ask, "ask")
            : new Entry(seen.Facts.Bid, "bid");
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private sealed record Entry(Price Price, string From);
}

using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Core.Execution;

/// <summary>Whether a signal makes sense, before anything else is looked at.</summary>
public static class SignalCheck
{
    private const int MostNear = 5;
    private const int MostName = 64;

    /// <summary>
    /// A price beyond so many times the oracle's, or below its share, is a slip of the pen.
    /// </summary>
    private const decimal FarthestPrice = 10m;

    private const decimal MostPrice = 1e12m;
    private const decimal MostSize = 1e12m;
    private const string Outside = "it is positive, and no more than 10^12";
    private const string OfOpenings = "only an opening takes one";

    /// <summary>
    /// What is wrong with the names in a signal, so that nothing can be journaled of it; null for nothing.
    /// </summary>
    public static TradeExecutionError? NameFault(TradeSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (!SignalId.TryParse(signal.Id.Value, out _))
        {
            return Invalid("id", $"1 to {SignalId.MostLength} letters, digits and ._:/- are expected");
        }

        if (signal.Market.Value is not { Length: > 0 and <= MostName }) return Nameless("market");
        return signal.Strategy is { Length: > 0 and <= MostName } ? null : Nameless("strategy");
    }

    /// <summary>The first thing that is wrong with a signal for a market; null where nothing is.</summary>
    public static TradeExecutionError? Fault(TradeSignal signal, Market market)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(market);
        if (NameFault(signal) is { } nameless) return nameless;
        if (Outsized(signal) is { } outsized) return outsized;
        if (Unused(signal) is { } unused) return unused;
        if (signal.Source == SignalSource.None) return Invalid("source", "none is given");
        return signal.Action switch
        {
            SignalAction.Open or SignalAction.Flip =>
                OpeningFault(signal) ?? SizeFault(signal, market) ?? EntryFault(signal, market),
            SignalAction.Add => SizeFault(signal, market) ?? EntryFault(signal, market),
            SignalAction.Reduce when signal.Size is null => Invalid("size", "a reduction needs one"),
            SignalAction.Reduce => SizeFault(signal, market),
            SignalAction.Amend when signal.Entry is null => Invalid("entry", "an amendment needs a limit"),
            SignalAction.Amend => EntryFault(signal, market),
            SignalAction.Close => null,
            _ => Invalid("action", "none is given"),
        };
    }

    /// <summary>
    /// Who names a side of a position that is there has one in mind: it must be that one; null where it is.
    /// </summary>
    public static TradeExecutionError? WrongSide(TradeSignal signal, Side held)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var isChange = signal.Action is SignalAction.Add or SignalAction.Reduce or SignalAction.Close
            or SignalAction.Amend;
        return isChange && signal.Side != Side.None && signal.Side != held
            ? Invalid("side", $"the position is {held}; leave the side out, or name that one")
            : null;
    }

    /// <summary>The first price that is a slip of the pen, seen from the oracle's; null without
    /// one.</summary>
    public static TradeExecutionError? FarPrice(TradeSignal signal, Price oracle)
    {
        ArgumentNullException.ThrowIfNull(signal);
        (string Field, Price? Price)[] prices =
            [("stop", signal.Stop), ("target", signal.Target), ("limit", signal.Entry?.Limit)];
        foreach (var (field, price) in prices)
        {
            if (price is { Value: var given }
                && (given > oracle.Value * FarthestPrice || given * FarthestPrice < oracle.Value))
            {
                return Invalid(field, $"{price} beside an oracle price of {oracle}");
            }
        }

        return null;
    }

    /// <summary>
    /// Names of markets that begin like one that does not exist; the first ones where none does.
    /// </summary>
    public static IEnumerable<MarketId> Near(MarketId market, IEnumerable<MarketId> known)
    {
        var sorted = known.Order().ToList();
        var wanted = market.Value ?? string.Empty;
        for (var length = wanted.Length; length > 0; length--)
        {
            var near = sorted.Where(each =>
                each.Value.StartsWith(wanted[..length], StringComparison.OrdinalIgnoreCase)).ToList();
            if (near.Count > 0) return near.Take(MostNear);
        }

        return sorted.Take(MostNear);
    }

    /// <summary>Numbers with which nothing can be reckoned.</summary>
    private static TradeExecutionError.InvalidSignal? Outsized(TradeSignal signal)
    {
        if (signal.Size?.Value is <= 0m or > MostSize) return Invalid("size", Outside);
        foreach (var price in (Price?[])[signal.Stop, signal.Target, signal.Entry?.Limit])
        {
            if (price?.Value is <= 0m or > MostPrice) return Invalid("price", Outside);
        }

        return null;
    }

    /// <summary>What an action does not use is a misunderstanding, and is not passed over.</summary>
    private static TradeExecutionError.InvalidSignal? Unused(TradeSignal signal)
    {
        if (signal.Action is SignalAction.Open or SignalAction.Flip or SignalAction.None) return null;
        var isStopped = signal.Stop is not null || signal.StopDistance is not null;
        if (isStopped) return Invalid("stop", OfOpenings);
        if (signal.Target is not null) return Invalid("target", OfOpenings);
        if (signal.TrailBy is not null) return Invalid("trail", OfOpenings);
        return signal.HoldFor is null ? null : Invalid("hold", OfOpenings);
    }

    private static TradeExecutionError.InvalidSignal? OpeningFault(TradeSignal signal)
    {
        if (signal.Side == Side.None) return Invalid("side", "an opening needs one");
        if (signal.Stop is null == signal.StopDistance is null)
        {
            return Invalid("stop", "a price or a distance is needed, and only one of them");
        }

        if (signal.StopDistance is <= 0m or >= 1m) return Invalid("stop", "a distance lies between 0 and 1");
        if (signal.TrailBy is <= 0m or >= 1m) return Invalid("trail", "a distance lies between 0 and 1");
        return signal.HoldFor <= TimeSpan.Zero ? Invalid("hold", "a time is positive") : null;
    }

    private static TradeExecutionError.InvalidSignal? SizeFault(TradeSignal signal, Market market)
    {
        if (signal.Size is not { } size) return null;
        return market.FloorToStep(size.Value) <= Size.Zero
            ? Invalid("size", $"{size} is less than one step of {Decimals.Text(market.StepSize)}")
            : null;
    }

    private static TradeExecutionError.InvalidSignal? EntryFault(TradeSignal signal, Market market)
    {
        if (signal.Entry is not { } entry) return null;
        if (entry.Limit.Value <= 0m || entry.Limit.Value % market.TickSize != 0m)
        {
            return Invalid("limit", $"{entry.Limit} is not on the tick of {Decimals.Text(market.TickSize)}");
        }

        if (entry.Time == OrderTime.FillOrKill)
        {
            return Invalid("time", "fill-or-kill is not taken by this venue; use ioc");
        }

        return entry.GoodFor <= TimeSpan.Zero || entry.GoodFor > EntryTerms.LongestLife
            ? Invalid("good-for", $"between 0 and {EntryTerms.LongestLife.TotalDays} days")
            : null;
    }

    private static TradeExecutionError.InvalidSignal Nameless(string field) =>
        Invalid(field, $"a name of 1 to {MostName} characters is needed");

    private static TradeExecutionError.InvalidSignal Invalid(string field, string detail) =>
        new(field, detail);
}

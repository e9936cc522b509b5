using Perpkeel.Core.Instruments;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Time;

namespace Perpkeel.Cli.Accounts;

/// <summary>Looks at the account of a run, on the run's own thread and between two instants.</summary>
/// <param name="run">The run.</param>
/// <param name="settings">What it trades with.</param>
/// <param name="clock">Its clock.</param>
/// <param name="resumesAt">Until then it lives its past again.</param>
/// <param name="strategy">The strategy that trades it.</param>
internal sealed class LiveAccount(
    TradingRun run, TradingSettings settings, VirtualClock clock, DateTimeOffset resumesAt, string strategy)
{
    /// <summary>The account as it is now.</summary>
    public AccountView Look()
    {
        var state = run.Session.State;
        var isCatchingUp = clock.Now < resumesAt;
        return new AccountView
        {
            Account = settings.Account.ToString(),
            State = state,
            Markets = run.Session.Engine.Markets,
            Limits = settings.Limits,
            Strategy = strategy,
            Prices = isCatchingUp ? new Dictionary<MarketId, SeenMarket>() : Prices(),
            Now = clock.Now > state.At ? clock.Now : state.At,
            IsRunning = true,
            IsCatchingUp = isCatchingUp,
        };
    }

    private Dictionary<MarketId, SeenMarket> Prices()
    {
        var prices = new Dictionary<MarketId, SeenMarket>();
        foreach (var market in run.Session.Engine.Markets.Values)
        {
            var view = run.Board.Views[market.Index];
            prices[market.Id] = new SeenMarket(
                view.Facts(market, clock.Now, settings.Limits.StaleAfter),
                view.Last.Value > 0 ? market.PriceOf(view.Last) : null,
                clock.Now);
        }

        return prices;
    }
}

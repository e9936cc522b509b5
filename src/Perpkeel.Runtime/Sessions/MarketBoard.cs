using System.Collections.Immutable;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;

namespace Perpkeel.Runtime.Sessions;

/// <summary>The latest view of each market, for all who ask for prices.</summary>
public sealed class MarketBoard
{
    private readonly MarketView[] _views;

    /// <summary>Makes an empty board.</summary>
    /// <param name="markets">The markets, in the order of their indices.</param>
    public MarketBoard(IReadOnlyList<Market> markets)
    {
        ArgumentNullException.ThrowIfNull(markets);
        Markets = markets;
        _views = new MarketView[markets.Count];
    }

    /// <summary>The markets, in the order of their indices.</summary>
    public IReadOnlyList<Market> Markets { get; }

    /// <summary>The latest view of each market.</summary>
    public IReadOnlyList<MarketView> Views => _views;

    /// <summary>A market has a new view.</summary>
    public void OnView(MarketView view) => _views[view.Market] = view;

    /// <summary>What a request may rest on now.</summary>
    public MarketFacts Facts(Market market, DateTimeOffset now, TimeSpan staleAfter)
    {
        ArgumentNullException.ThrowIfNull(market);
        return _views[market.Index].Facts(market, now, staleAfter);
    }

    /// <summary>The prices of all markets in which an account holds something.</summary>
    public ImmutableArray<MarketFacts> Prices(AccountState state, DateTimeOffset now, TimeSpan staleAfter)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. Markets.Where(market => !state.SizeIn(market.Id).IsZero)
            .Select(market => Facts(market, now, staleAfter))];
    }

    /// <summary>
    /// The prices of all markets in which an account holds something or may soon: what new risk is weighed
    /// with.
    /// </summary>
    public ImmutableArray<MarketFacts> Exposed(AccountState state, DateTimeOffset now, TimeSpan staleAfter)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. Markets
            .Where(market => !state.SizeIn(market.Id).IsZero || state.Brackets.ContainsKey(market.Id))
            .Select(market => Facts(market, now, staleAfter))];
    }

    /// <summary>
    /// What rests against an order of a side, best first; empty where only the best price is known, because
    /// nobody can tell then what lies behind it.
    /// </summary>
    public ImmutableArray<DepthLevel> Depth(Market market, Side side)
    {
        ArgumentNullException.ThrowIfNull(market);
        var levels = _views[market.Index].Book.Against(side);
        return levels.Length < 2
            ? []
            : [.. levels.Select(level =>
                new DepthLevel(market.PriceOf(level.Price), market.SizeOf(level.Size)))];
    }
}

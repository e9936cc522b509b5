using System.Collections.Immutable;
using System.Reactive.Subjects;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Signals;
using Perpkeel.Core.Strategies;
using Perpkeel.Runtime.Pipelines;

namespace Perpkeel.Runtime.Sessions;

/// <summary>
/// Asks a strategy at each evaluation and hands its plans to the session with the prices that they rest on.
/// During the past and during a stream that is run again, the strategy's fold goes on but nothing is decided.
/// </summary>
/// <typeparam name="TState">The strategy's fold.</typeparam>
public sealed class StrategyHost<TState> : IDisposable
{
    private const int Signals = 3;

    private readonly IStrategy<TState> _strategy;
    private readonly AccountSession _session;
    private readonly IReadOnlyList<Market> _markets;
    private readonly DateTimeOffset _mutedUntil;
    private readonly MarketBoard _board;
    private readonly MarketScores[] _scores;
    private readonly Holding[] _holdings;
    private readonly Subject<Decision> _decisions = new();
    private TState _state;
    private DateTimeOffset _markedHour;

    /// <summary>Makes the host; nothing is decided at or before <paramref name="mutedUntil"/>.</summary>
    public StrategyHost(
        IStrategy<TState> strategy, AccountSession session, MarketBoard board, DateTimeOffset mutedUntil)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(board);
        var markets = board.Markets;
        _strategy = strategy;
        _session = session;
        _board = board;
        _markets = markets;
        _mutedUntil = mutedUntil;
        _scores = new MarketScores[markets.Count];
        _holdings = new Holding[markets.Count];
        Array.Fill(_scores, new MarketScores(Score.Neutral, Score.Neutral, Score.Neutral));
        _state = strategy.Initial(markets.Count);
    }

    /// <summary>What the strategy decided, before the risk gate.</summary>
    public IObservable<Decision> Decisions => _decisions;

    /// <summary>How often the strategy was asked.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Plans that the session's lane for new risk had no room for.</summary>
    public long Overflowed { get; private set; }

    /// <summary>The latest scores of each market.</summary>
    public IReadOnlyList<MarketScores> Scores => _scores;

    /// <summary>The strategy's fold.</summary>
    public TState State => _state;

    /// <summary>
    /// A market has a new score; signals are momentum, volume and volatility, in this order.
    /// </summary>
    public void OnScore(ScoreChange change)
    {
        ref var scores = ref _scores[change.Market];
        scores = change.Signal switch
        {
            0 => scores with { Momentum = change.Score },
            1 => scores with { Volume = change.Score },
            Signals - 1 => scores with { Volatility = change.Score },
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Signal, "No such signal."),
        };
    }

    /// <summary>The moment has come to ask the strategy.</summary>
    public void OnEvaluation(DateTimeOffset now)
    {
        Evaluations++;
        var mayDecide = now > _mutedUntil && _session.State.Totals.Deposits.Value > 0m;
        var (state, plans) = _strategy.Evaluate(_state, new Evaluation
        {
            Now = now,
            Markets = _markets,
            Scores = _scores,
            EntriesFrom = _session.State.EntriesFrom,
            Holdings = mayDecide ? Holdings() : null,
        });
        _state = state;
        foreach (var plan in plans) Post(plan, now);
        MarkHourly(now, mayDecide);
    }

    /// <inheritdoc/>
    public void Dispose() => _decisions.Dispose();

    /// <summary>Another's position takes the market, and is not this strategy's to end.</summary>
    private bool IsClosing(Bracket bracket) => bracket.CloseReason is not null
        || (bracket.Owner is { } owner && !string.Equals(owner, _strategy.Name, StringComparison.Ordinal));

    private TimeSpan StaleAfter => _session.Engine.Limits.StaleAfter;

    private ImmutableArray<MarketFacts> Prices(DateTimeOffset now) =>
        _board.Prices(_session.State, now, StaleAfter);

    private Holding[] Holdings()
    {
        var account = _session.State;
        foreach (var market in _markets)
        {
            var held = Sides.Of(account.SizeIn(market.Id).Value);
            _holdings[market.Index] = account.Brackets.TryGetValue(market.Id, out var bracket)
                ? new Holding(bracket.Side, bracket.HoldUntil, IsClosing(bracket))
                : new Holding(held, DateTimeOffset.MaxValue, IsClosing: true);
        }

        return _holdings;
    }

    private void Post(Plan plan, DateTimeOffset now)
    {
        _decisions.OnNext(plan.Decision);
        var market = _session.Engine.Markets[plan.Decision.Market];
        Request request = plan switch
        {
            Plan.Enter enter => new Request.Enter(
                enter, _board.Facts(market, now, StaleAfter),
                _board.Exposed(_session.State, now, StaleAfter)),
            Plan.Exit exit => new Request.Exit(exit, _board.Facts(market, now, StaleAfter)),
            _ => throw new ArgumentException($"{plan.GetType().Name} is no known plan.", nameof(plan)),
        };
        if (!_session.Post(request)) Overflowed++;
    }

    /// <summary>Once an hour the account is valued, for the equity curve and the limits on losses.</summary>
    private void MarkHourly(DateTimeOffset now, bool mayDecide)
    {
        var hour = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerHour));
        if (hour <= _markedHour) return;
        _markedHour = hour;
        if (mayDecide) _session.Post(new Request.MarkEquity(Prices(now)));
    }
}

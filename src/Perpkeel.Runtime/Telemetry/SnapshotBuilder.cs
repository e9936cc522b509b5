using System.Collections.Immutable;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Sessions;

namespace Perpkeel.Runtime.Telemetry;

/// <summary>Makes snapshots of a run, on the run's own thread, between two instants.</summary>
public sealed class SnapshotBuilder(TradingRun run, TradingSettings settings, RunHistory history)
{
    private readonly IReadOnlyDictionary<MarketId, Market> _markets = run.Session.Engine.Markets;

    /// <summary>The run as it is now.</summary>
    /// <param name="source">Where the markets come from.</param>
    /// <param name="speed">Seconds of engine time in a second; null for as fast as possible.</param>
    /// <param name="now">Engine time.</param>
    /// <param name="isCatchingUp">Whether a past is being run again.</param>
    public RunSnapshot Build(string source, decimal? speed, DateTimeOffset now, bool isCatchingUp)
    {
        var ordered = _markets.Values.OrderBy(market => market.Index).ToList();
        return new RunSnapshot
        {
            Source = source,
            Speed = speed,
            EngineTime = now,
            IsCatchingUp = isCatchingUp,
            IsStopped = !run.Session.State.MayEnter,
            Markets = [.. ordered.Select(market => Row(market, now))],
            Scores = [.. ordered.Select(Scores)],
            EnterScore = settings.Sniper.EnterScore.Hundredths / 100m,
            ExitScore = settings.Sniper.ExitScore.Hundredths / 100m,
            Confirmations = settings.Sniper.Confirmations,
            Account = Account(now),
            Positions = [.. run.Session.State.Brackets.Values.Select(Position)],
            Journal = history.Lines,
            Performance = history.Performance(run.Events, run.Host.Evaluations),
        };
    }

    private MarketRow Row(Market market, DateTimeOffset now)
    {
        var view = run.Board.Views[market.Index];
        var middle = (view.Bid.Value + view.Ask.Value) / 2m;
        var sparkline = history.Sparkline(market.Index);
        return new MarketRow
        {
            Market = market.Id,
            Last = market.PriceOf(view.Last),
            Bid = market.PriceOf(view.Bid),
            Ask = market.PriceOf(view.Ask),
            Oracle = OracleOf(market),
            SpreadBps = view.Bid.Value > 0 && view.Ask.Value > 0
                ? (view.Ask.Value - view.Bid.Value) / middle * 10_000m
                : null,
            Change = sparkline.Length > 1 && sparkline[0] > 0d
                ? (decimal)((sparkline[^1] / sparkline[0]) - 1d)
                : null,
            FundingRate = view.FundingRate,
            AgeMs = view.PricedAt == default ? null : (long)(now - view.PricedAt).TotalMilliseconds,
            Sparkline = sparkline,
            PriceDecimals = DecimalsOf(market),
        };
    }

    private ScoreRow Scores(Market market)
    {
        var scores = run.Host.Scores[market.Index];
        var held = run.Session.State.Brackets.TryGetValue(market.Id, out var bracket)
            ? bracket.Side : Side.None;
        return new ScoreRow
        {
            Market = market.Id,
            Momentum = scores.Momentum.Hundredths / 100m,
            Volume = scores.Volume.Hundredths / 100m,
            Volatility = scores.Volatility.Hundredths / 100m,
            Weighted = run.Strategy.ScoreOf(scores, held) / 100m,
            Streak = run.Host.State.Streaks[market.Index],
            Held = held,
        };
    }

    private AccountRow Account(DateTimeOffset now)
    {
        var state = run.Session.State;
        var facts = AccountMath.Facts(state, _markets, settings.Limits, default, Mark, 2, now);
        var risk = AccountMath.Risk(state, _markets, Oracle, without: null);
        var equity = facts.Equity.Value;
        var totals = state.Totals;
        return new AccountRow
        {
            Equity = facts.Equity,
            Deposits = totals.Deposits,
            Available = facts.Available,
            MarginUsage = equity > 0m ? (facts.Equity - facts.Available).Value / equity : null,
            MaintenanceUsage = equity > 0m ? risk.Maintenance.ToUsd().Value / equity : null,
            ShockToLiquidation = risk.CommonShock(QuoteQuantums.FromUsdRoundingDown(state.Balance)),
            Leverage = equity > 0m ? facts.GrossExposure.Value / equity : null,
            Realised = totals.Realised,
            Unrealised = state.Positions.Values.Aggregate(
                Usd.Zero, (sum, position) => sum + position.UnrealisedAt(Mark(position.Market))),
            Fees = totals.Fees,
            Funding = totals.Funding,
            MaxDrawdown = state.DrawdownAt(facts.Equity),
            Wins = totals.Wins,
            Losses = totals.Losses,
            Counts = (totals.Decisions, totals.Refusals, totals.Orders, totals.Fills, totals.Liquidations),
            SecondsUnprotected = state.UnprotectedLateMsAt(now) / 1_000m,
            Alarms = totals.Alarms,
        };
    }

    private PositionRow Position(Bracket bracket)
    {
        var state = run.Session.State;
        var market = _markets[bracket.Market];
        Position? position = state.Positions.GetValueOrDefault(bracket.Market);
        var isOpen = position is { Size.IsZero: false };
        var mark = Mark(bracket.Market);
        var liquidation = isOpen ? LiquidationOf(market, position!) : null;
        return new PositionRow
        {
            Market = bracket.Market,
            Side = bracket.Side,
            Size = position?.Size.Abs() ?? Size.Zero,
            Entry = isOpen ? position!.EntryPrice : null,
            Mark = mark.Value > 0m ? mark : null,
            Pnl = position is null
                ? Usd.Zero
                : position.Realised + (mark * position.Size),
            Stop = bracket.StopTrigger,
            IsProtected = !isOpen || BracketRules.IsProtected(bracket, state.Order),
            Target = bracket.TargetTrigger,
            Liquidation = liquidation,
            LiquidationDistance = liquidation is { } price && mark.Value > 0m
                ? Math.Abs(price.Value - mark.Value) / mark.Value
                : null,
            Status = StatusOf(bracket, position),
            PriceDecimals = DecimalsOf(market),
        };
    }

    private static string StatusOf(Bracket bracket, Position? position)
    {
        if (position is null) return bracket.CloseReason is null ? "planned" : "closing";
        var isEnding = bracket.CloseReason is not null || bracket.FiredBy is not null || position.Size.IsZero;
        return isEnding ? "closing" : "open";
    }

    private Price? LiquidationOf(Market market, Position position)
    {
        var rest = AccountMath.Risk(run.Session.State, _markets, Oracle, market.Id);
        var quantums = market.QuantumsOf(market.StepsOf(position.Size));
        return LiquidationPrice.Find(market, quantums, rest) is { } oracle
            ? new Price(oracle * Decimals.PowerOfTen(market.OracleExponent))
            : null;
    }

    private Price Mark(MarketId market) => OracleOf(_markets[market]);

    private long Oracle(MarketId market) => run.Board.Views[_markets[market].Index].OraclePrice;

    private Price OracleOf(Market market) => new(
        run.Board.Views[market.Index].OraclePrice * Decimals.PowerOfTen(market.OracleExponent));

    /// <summary>Of the tick without its trailing zeros: 1.00000 has none.</summary>
    private static int DecimalsOf(Market market)
    {
        var tick = Decimals.Text(market.TickSize);
        var point = tick.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : tick.Length - point - 1;
    }
}

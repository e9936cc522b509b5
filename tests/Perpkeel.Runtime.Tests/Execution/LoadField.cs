using Microsoft.Extensions.Logging.Abstractions;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Runtime.Execution;
using Perpkeel.Runtime.Time;
using Perpkeel.Testing;
using Perpkeel.Testing.Live;
using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>Many accounts on one clock, each at a venue of its own, and signals for all of them.</summary>
internal sealed class LoadField : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<Market> Markets = SampleMarkets.Numbered(14);

    private readonly VirtualClock _clock = new(Noon);
    private readonly IDisposable _home;
    private readonly List<(LiveAccount Account, AutoVenue Venue, LimitAudit Audit)> _all = [];
    private readonly List<(int Account, TradeSignal Signal, Task<ExecutionReport> Call)> _calls = [];

    public LoadField(int accounts, RiskLimits limits)
    {
        _home = _clock.Enter();
        var engine = new AccountEngine(Markets, limits);
        for (var i = 0; i < accounts; i++) _all.Add(Make(i, engine, limits));
        Pass(TimeSpan.FromSeconds(1));
    }

    public int Facts => _all.Sum(each => each.Audit.Facts);

    public int Orders => _all.Sum(each => each.Venue.Orders.Count);

    public int Filled => _all.Sum(
        each => each.Account.State.Signals.Values.Count(signal => !signal.Filled.IsZero));

    /// <summary>Sends signals, to one account after the other, so many at once and the rest later.</summary>
    public void Send(int signals, int atOnce, int seed)
    {
        var random = new Chance((ulong)seed);
        for (var i = 0; i < signals; i++)
        {
            if (i > 0 && i % atOnce == 0) Pass(TimeSpan.FromSeconds(1.5));
            var account = i % _all.Count;
            var signal = Signal(i, random);
            _calls.Add((account, signal, _all[account].Account.Executor.ExecuteSignalAsync(
                _all[account].Venue.Account, signal, CancellationToken.None)));
        }

        Pass(TimeSpan.FromMinutes(1));
    }

    /// <summary>Everything is closed; nothing may be left of it.</summary>
    public void Flatten()
    {
        foreach (var (account, _, _) in _all) account.Session.Post(new Request.Flatten("test", "over"));
        Pass(TimeSpan.FromMinutes(2));
        foreach (var (account, venue, _) in _all)
        {
            Assert.Null(account.Session.Fault);
            Assert.Empty(account.State.Brackets);
            Assert.Empty(account.State.Orders);
            Assert.Empty(account.State.OpenSignals);
            Assert.Equal(Usd.Zero, AccountMath.Reserved(account.State));
            Assert.Empty(venue.Live);
            Assert.Empty(venue.Books.Positions);
            Assert.Empty(venue.Violations);
            Assert.Equal(venue.Books.Cash, account.State.Balance.Value);
            Assert.Equal(TimeSpan.Zero, venue.Bare.LongestAt(_clock.Now));
        }
    }

    /// <summary>Every signal was answered once and ended once, in the journal or at the full lane.</summary>
    public int AssertEnds()
    {
        var refusedAtDoor = 0;
        foreach (var (account, signal, call) in _calls)
        {
            Assert.True(call.IsCompletedSuccessfully, $"{signal.Id} of account {account} was not answered");
            var ends = _all[account].Audit.Ends.GetValueOrDefault(signal.Id);
            var isReceived = _all[account].Account.State.Signals.ContainsKey(signal.Id);
            if (!isReceived) refusedAtDoor++;
            Assert.Equal(isReceived ? 1 : 0, ends);
            if (!isReceived)
            {
                Assert.IsType<TradeExecutionError.Busy>(ExecutorScene.Answer(call).Error);
            }
        }

        return refusedAtDoor;
    }

    public void Dispose()
    {
        foreach (var (account, _, _) in _all) account.Dispose();
        _home.Dispose();
    }

    private (LiveAccount Account, AutoVenue Venue, LimitAudit Audit) Make(
        int number, AccountEngine engine, RiskLimits limits)
    {
        var venue = new AutoVenue(new AccountId("auto", "load", $"owner-{number}"), Markets, _clock);
        foreach (var market in Markets) venue.SetPrice(market, 3_000m);
        venue.Deposit(10_000m);
        var account = new LiveAccount(
            venue, engine, new MemoryRecordLog(), _clock, NullLoggerFactory.Instance, isMeasured: false);
        foreach (var market in Markets) account.Board.OnView(SampleFacts.View(market, 3_000m, _clock.Now));
        var audit = new LimitAudit(limits, id => engine.Markets[id], venue.Books.Price);
        var state = account.State;
        account.Session.FactRecorded += (_, recorded) =>
        {
            state = engine.Evolve(state, recorded.Fact);
            audit.Look(recorded.Fact, state);
        };
        account.Start();
        return (account, venue, audit);
    }

    private TradeSignal Signal(int number, Chance random)
    {
        var market = Markets[random.Below(Markets.Count)].Id;
        var id = $"s-{number}";
        var side = random.Below(2) == 0 ? Side.Buy : Side.Sell;
        var size = (1 + random.Below(1_999)) / 1_000m;
        return random.Below(20) switch
        {
            < 12 => SampleSignals.Open(market, _clock.Now, side, id) with { Size = new Size(size) },
            < 14 => SampleSignals.Open(market, _clock.Now, side, id),
            14 or 15 => SampleSignals.Of(SignalAction.Add, market, _clock.Now, id, size),
            16 => SampleSignals.Of(SignalAction.Reduce, market, _clock.Now, id, size),
            17 => SampleSignals.Open(market, _clock.Now, side, id) with
            {
                Action = SignalAction.Flip,
                Size = new Size(size),
            },
            18 => SampleSignals.Open(market, _clock.Now, side, id) with
            {
                Size = new Size(size),
                Entry = new EntryTerms
                {
                    Limit = new Price(3_000m - (side.Sign() * 5m)),
                    Time = OrderTime.GoodTilTime,
                },
            },
            _ => SampleSignals.Of(SignalAction.Close, market, _clock.Now, id),
        };
    }

    private void Pass(TimeSpan time)
    {
        var until = _clock.Now + time;
        _clock.CreateTimer(_ => { }, null, time, Timeout.InfiniteTimeSpan);
        _clock.RunUntil(until);
    }
}

/// <summary>Numbers from a seed (SplitMix64).</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    public int Below(int limit) => unchecked((int)(Next() % (ulong)limit));

    private ulong Next()
    {
        unchecked
        {
            var mixed = _state += 0x9E37_79B9_7F4A_7C15UL;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}

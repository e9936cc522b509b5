using System.Globalization;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Time;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Bench;

/// <summary>
/// From a signal at the session's door to its first order handed to the port: decided, journaled, durable.
/// With the journal waiting for the disk, and without.
/// </summary>
internal static class ExecuteBench
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Account = new("paper", "bench", "one");

    public static void Run(string[] args)
    {
        var signals = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2_000;
        Measure("warm-up", Durability.ProcessKill, signals / 4, isShown: false);
        Measure("journal, no wait for the disk", Durability.ProcessKill, signals, isShown: true);
        Measure("journal, fsync before each order", Durability.PowerLoss, signals, isShown: true);
    }

    private static void Measure(string name, Durability durability, int signals, bool isShown)
    {
        var folder = Directory.CreateTempSubdirectory("perpkeel-bench-");
        try
        {
            using var log = SqliteRecordLog.Open(
                Path.Combine(folder.FullName, "journal.db"),
                new RecordLogOptions { Durability = durability });
            var desk = new Desk(log);
            var times = new double[signals];
            var began = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < signals; i++) times[i] = desk.Signal(i);
            var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            if (!isShown) return;
            Array.Sort(times);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-34} p50 {times[signals / 2],8:0.0} us  p99 {times[signals * 99 / 100],8:0.0} us  "
                + $"{desk.Facts / seconds,9:0} appends/s  {desk.Commits / seconds,8:0} commits/s"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// One account whose venue refuses every stop, so that each signal begins with an empty account.
    /// </summary>
    private sealed class Desk
    {
        private readonly VirtualClock _clock = new(Noon);
        private readonly AccountSession _session;
        private readonly Market _market;
        private long _venue;
        private long _handed;

        public Desk(IRecordLog log)
        {
            var markets = new SyntheticMarkets(7, Noon).Markets;
            _market = markets[0];
            var limits = new RiskLimits { Cooldown = TimeSpan.Zero, ChangesPerMinute = int.MaxValue };
            _session = new AccountSession(
                new AccountEngine(markets, limits), new FactLog(log, Account), _clock, _clock);
            _session.EffectDue += (_, due) =>
            {
                if (due.Effect is Effect.Protect) _handed = TimeProvider.System.GetTimestamp();
            };
            _session.FactRecorded += (_, _) => Facts++;
            _session.Post(new Request.Open(new ClientOrderId(1), "bench"));
            Hear(sequence => new VenueReport.Deposited
            {
                Sequence = sequence,
                At = _clock.Now,
                Amount = new Usd(10_000m),
            });
        }

        public long Facts { get; private set; }

        public long Commits { get; private set; }

        /// <summary>Microseconds from the signal to its stop at the port.</summary>
        public double Signal(int number)
        {
            Pass(TimeSpan.FromSeconds(400));
            var facts = new MarketFacts
            {
                Market = _market.Id,
                Bid = _market.FloorToTick(99_990m),
                Ask = _market.FloorToTick(100_010m),
                Oracle = _market.FloorToTick(100_000m),
                AgeMs = 5,
                StreamSequence = number,
                Quality = QualityGrade.Good,
            };
            var signal = new TradeSignal
            {
                Id = new SignalId(string.Create(CultureInfo.InvariantCulture, $"s-{number}")),
                Strategy = "bench",
                Source = SignalSource.Api,
                IssuedAt = _clock.Now,
                Market = _market.Id,
                Action = SignalAction.Open,
                Side = Side.Buy,
                StopDistance = 0.015m,
            };
            var began = TimeProvider.System.GetTimestamp();
            _session.Post(new Request.Execute(signal, facts, [facts], null));
            Instant();
            var took = TimeProvider.System.GetElapsedTime(began, _handed).TotalMicroseconds;
            var stop = _session.State.Brackets[_market.Id].Stop!.Value;
            Hear(sequence => new VenueReport.Rejected
            {
                Sequence = sequence,
                At = _clock.Now,
                ClientId = stop,
                Code = "bench",
                Message = "no",
            });
            return took;
        }

        private void Hear(Func<long, VenueReport> report)
        {
            _session.Post(new Request.Hear(report(++_venue)));
            Instant();
        }

        private void Instant()
        {
            Commits++;
            _clock.RunUntil(_clock.Now);
        }

        private void Pass(TimeSpan time)
        {
            using var timer = _clock.CreateTimer(static _ => { }, null, time, Timeout.InfiniteTimeSpan);
            _clock.RunUntil(_clock.Now + time);
        }
    }
}

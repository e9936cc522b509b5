using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Runtime.Time;
using Perpkeel.Testing;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Tests.Accounts;

/// <summary>
/// Balances and leverage of accounts at a scripted venue, on a virtual clock, with their meters.
/// </summary>
internal sealed class AccountScene : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static readonly AccountId Anna = new("paper", "test", "anna");

    public static readonly AccountId Bert = new("paper", "test", "bert");

    private readonly Meter _meter = new("Perpkeel.Runtime");
    private readonly CancellationTokenSource _stop = new();
    private readonly IDisposable _home;

    public AccountScene(ConfirmationRules? rules = null)
    {
        _home = Clock.Enter();
        Venue = new ScriptedVenue(Clock);
        Meters = new MeterReadings(_meter);
        Balances = new BalanceManager(
            Venue, rules ?? ConfirmationRules.ForBalance, Clock, _meter, NullLogger<BalanceManager>.Instance,
            _stop.Token);
        Leverages = new LeverageCalculator(
            Venue, _ => new Leverage(10m), rules ?? ConfirmationRules.ForLeverage, Clock, _meter,
            NullLogger<LeverageCalculator>.Instance, _stop.Token);
    }

    public VirtualClock Clock { get; } = new(Noon);

    public ScriptedVenue Venue { get; }

    public ScriptedReads Reads => Venue.Reads;

    public MeterReadings Meters { get; }

    public BalanceManager Balances { get; }

    public LeverageCalculator Leverages { get; }

    /// <summary>Does what is due now; the answer must be there then.</summary>
    public Result<T, AccountError> Now<T>(Task<Result<T, AccountError>> asked)
        where T : notnull
    {
        Clock.RunUntil(Clock.Now);
        return Outcome.Of(asked);
    }

    /// <summary>Time goes by, and what falls into it is done.</summary>
    public void Wait(double seconds)
    {
        var span = TimeSpan.FromMilliseconds((long)Math.Round(seconds * 1_000));
        Clock.CreateTimer(_ => { }, null, span, Timeout.InfiniteTimeSpan);
        Clock.RunUntil(Clock.Now + span);
    }

    public void Stop() => _stop.Cancel();

    public void Dispose()
    {
        Meters.Dispose();
        _meter.Dispose();
        _stop.Dispose();
        _home.Dispose();
    }
}

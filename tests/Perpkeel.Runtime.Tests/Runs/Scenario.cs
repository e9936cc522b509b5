using Perpkeel.Core.Accounts;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Core.Signals;
using Perpkeel.Core.Strategies;
using Perpkeel.Runtime.Execution;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Simulation.Paper;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Runtime.Tests.Runs;

/// <summary>
/// The whole system on the paper venue without a strategy that trades: signals come from a test.
/// </summary>
internal sealed class Scenario : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly CommitFault _fault = new(0, takesEffect: true);

    public Scenario(RiskLimits? limits = null, PaperSettings? venue = null)
    {
        Life = new RunLife(
            new RestlessMarkets(), RestlessMarkets.BeginsAt, RunLogs.New(_fault), Wire,
            venue ?? new PaperSettings { Latency = TimeSpan.FromMilliseconds(20) }, Settings(limits));
        Wait(TimeSpan.FromSeconds(10), RestlessMarkets.Start);
    }

    public RunLife Life { get; }

    /// <summary>Orders as they were sent.</summary>
    public List<OrderIntent> Wire { get; } = [];

    public AccountState State => Life.Run.Session.State;

    public Market Btc => Life.Venue.Markets[0];

    public Market Eth => Life.Venue.Markets[1];

    /// <summary>A signal to open, made now.</summary>
    public TradeSignal Open(string id = "s-1", Market? market = null, Side side = Side.Buy) =>
        SampleSignals.Open((market ?? Btc).Id, Life.Clock.Now, side, id);

    /// <summary>Any other signal, made now.</summary>
    public TradeSignal Of(SignalAction action, string id, decimal? size = null, Market? market = null) =>
        SampleSignals.Of(action, (market ?? Btc).Id, Life.Clock.Now, id, size);

    /// <summary>Carries a signal out and runs until the caller has its answer.</summary>
    public ExecutionReport Execute(TradeSignal signal)
    {
        return Await(Life.Run.Executor.ExecuteSignalAsync(
            RunLife.Account, signal, TestContext.Current.CancellationToken));
    }

    /// <summary>What the venue says of the account now.</summary>
    public BalanceInfo ConfirmedBalance() =>
        Await(Life.Run.Balances.RefreshBalanceAsync(
            RunLife.Account, TestContext.Current.CancellationToken))
            .TryGet(out var balance, out var error)
            ? balance
            : throw new InvalidOperationException(error.ToString());

    /// <summary>Lets time pass.</summary>
    public void Wait(TimeSpan time, DateTimeOffset? from = null) =>
        Life.RunUntil((from ?? Life.Clock.Now) + time, _fault);

    public void Dispose() => Life.Dispose();

    private T Await<T>(Task<T> task)
    {
        var until = Life.Clock.Now + Patience;
        Life.RunUntil(until, _fault, () => until = task.IsCompleted ? Life.Clock.Now : until, () => until);
        return task.IsCompletedSuccessfully
            ? task.GetAwaiter().GetResult()
            : throw new InvalidOperationException("No answer came.", task.Exception);
    }

    private static TradingSettings Settings(RiskLimits? limits) => new()
    {
        Account = RunLife.Account,
        StartsAt = RestlessMarkets.Start,
        FirstClientId = new ClientOrderId(1_000),
        Limits = limits ?? new RiskLimits { Cooldown = TimeSpan.Zero },
        Sniper = new SniperRules
        {
            EnterScore = new Score(10_000),
            ExitScore = new Score(0),
            Confirmations = 1_000_000,
            StopDistance = 0.01m,
            HoldFor = TimeSpan.FromHours(4),
        },
    };
}

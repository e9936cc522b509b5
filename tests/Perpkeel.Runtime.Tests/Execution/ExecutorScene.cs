using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Runtime.Execution;
using Perpkeel.Testing;
using Perpkeel.Testing.Live;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>A scene with the words that the executor's tests use.</summary>
internal sealed class ExecutorScene : IDisposable
{
    public static readonly Market Btc = SampleMarkets.Btc;

    public ExecutorScene(RiskLimits? limits = null) => Live = new LiveScene(limits, loggers: Log);

    /// <summary>The same words for a scene that somebody else has made, and ends.</summary>
    public ExecutorScene(LiveScene live) => Live = live;

    public EventsLogger Log { get; } = new();

    public LiveScene Live { get; }

    public AutoVenue Venue => Live.Venue;

    public OrderExecutor Executor => Live.Account.Executor;

    public TradeSignal Open(string id = "s-1", decimal size = 0.04m, Side side = Side.Buy) =>
        SampleSignals.Open(Btc.Id, Live.Clock.Now, side, id) with { Size = new Size(size) };

    public TradeSignal Of(SignalAction action, string id, decimal? size = null) =>
        SampleSignals.Of(action, Btc.Id, Live.Clock.Now, id, size);

    public Task<ExecutionReport> Begin(TradeSignal signal) =>
        Executor.ExecuteSignalAsync(Venue.Account, signal, CancellationToken.None);

    /// <summary>Sends a signal and lets time pass until its answer is there.</summary>
    public ExecutionReport Do(TradeSignal signal, double seconds = 40)
    {
        var call = Begin(signal);
        Live.Run(seconds);
        return Answer(call);
    }

    public static T Answer<T>(Task<T> call) => call.IsCompletedSuccessfully
        ? call.GetAwaiter().GetResult()
        : throw new InvalidOperationException($"The call is {call.Status}.", call.Exception);

    /// <summary>Opens a position that is protected, and lets everything come to rest.</summary>
    public ExecutorScene Held(decimal size = 0.04m)
    {
        Do(Open("held", size), 5);
        return this;
    }

    public IEnumerable<AutoOrder> Sent(OrderRole role) =>
        Venue.Orders.Values.Where(order => order.Intent.Role == role);

    public void Dispose()
    {
        Live.Dispose();
        Log.Dispose();
    }
}

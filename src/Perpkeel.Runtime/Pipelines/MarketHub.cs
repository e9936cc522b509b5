using System.Reactive.Subjects;
using System.Threading.Channels;
using Perpkeel.Core.MarketData;

namespace Perpkeel.Runtime.Pipelines;

/// <summary>Lifts a feed's channel once into the shared stream that all consumers see.</summary>
public sealed class MarketHub : IDisposable
{
    private readonly Subject<MarketEvent> _events = new();

    /// <summary>All market events, in order, shared by all who subscribe.</summary>
    public IObservable<MarketEvent> MarketData => _events;

    /// <summary>How many events went through.</summary>
    public long Count { get; private set; }

    /// <summary>Passes the channel's events on until it ends; its failure is the stream's.</summary>
    public async Task PumpAsync(ChannelReader<MarketEvent> events, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(events);
        try
        {
            while (await events.WaitToReadAsync(cancellation))
            {
                while (events.TryRead(out var next))
                {
                    Count++;
                    _events.OnNext(next);
                }
            }
        }
        catch (Exception error) when (events.Completion.IsFaulted)
        {
            _events.OnError(error);
            throw;
        }

        _events.OnCompleted();
    }

    /// <inheritdoc/>
    public void Dispose() => _events.Dispose();
}

using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Venues;

namespace Perpkeel.Rehearsal.World;

/// <summary>
/// The way between one process's account and its venue. When the process dies nothing passes any more; while
/// its disk makes it stand still, everything waits.
/// </summary>
internal sealed class ProcessLine(Seat seat, Machine machine)
    : IMarketFeed, IAccountFeed, IAccountReader, IOrderGateway
{
    /// <summary>Reports that may wait for the process; far more than a rehearsal has.</summary>
    private const int MostReports = 65_536;

    private readonly ChannelReader<MarketEvent> _events = seat.Tap.Listen();

    /// <summary>Whether the process at its end is dead.</summary>
    public bool IsCut { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<Market> Markets => seat.Venue.Markets;

    /// <inheritdoc/>
    public string Source => seat.Venue.Source;

    /// <inheritdoc/>
    public ChannelReader<MarketEvent> Events => _events;

    /// <summary>Nothing passes from now on.</summary>
    public void Cut()
    {
        IsCut = true;
        seat.Tap.Leave();
    }

    /// <inheritdoc/>
    public ChannelReader<VenueReport> Subscribe(long afterSequence)
    {
        var heard = Channel.CreateBounded<VenueReport>(
            new BoundedChannelOptions(MostReports) { FullMode = BoundedChannelFullMode.Wait });
        Machine.Supervise(seat, HearAsync(seat.Venue.Subscribe(afterSequence), heard.Writer));
        return heard.Reader;
    }

    /// <inheritdoc/>
    public Task<Result<AccountReading, AccountError>> ReadAsync(
        AccountId account, CancellationToken cancellation) =>
        PassAsync(() => seat.Venue.ReadAsync(account, cancellation));

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> PlaceAsync(ApprovedOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        return SendAsync(
            () => seat.Audit.OnSend(order.Intent), () => seat.Venue.PlaceAsync(order, cancellation));
    }

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> ProtectAsync(
        ApprovedProtection order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        return SendAsync(
            () => seat.Audit.OnSend(order.Intent), () => seat.Venue.ProtectAsync(order, cancellation));
    }

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> CancelAsync(
        ClientOrderId clientId, DateTimeOffset intendedAt, CancellationToken cancellation) =>
        SendAsync(
            () => seat.Audit.OnCancel(clientId),
            () => seat.Venue.CancelAsync(clientId, intendedAt, cancellation));

    /// <inheritdoc/>
    public Task<Result<LookUp, VenueError>> LookUpAsync(
        ClientOrderId clientId, CancellationToken cancellation) =>
        PassAsync(() => seat.Venue.LookUpAsync(clientId, cancellation));

    private async Task HearAsync(ChannelReader<VenueReport> told, ChannelWriter<VenueReport> heard)
    {
        while (await told.WaitToReadAsync(CancellationToken.None))
        {
            await WaitAsync();
            while (!IsCut && told.TryRead(out var report))
            {
                await heard.WriteAsync(report, CancellationToken.None);
            }

            if (IsCut) return;
        }
    }

    private async Task<T> SendAsync<T>(Action audit, Func<Task<T>> call)
    {
        if (IsCut || machine.DiesBeforeCall()) return await Never<T>();
        await WaitAsync();
        if (IsCut) return await Never<T>();
        audit();
        var answer = call();
        return machine.DiesAfterCall() ? await Never<T>() : await HeardAsync(answer);
    }

    private async Task<T> PassAsync<T>(Func<Task<T>> call)
    {
        if (IsCut) return await Never<T>();
        await WaitAsync();
        if (IsCut) return await Never<T>();
        seat.Audit.OnAsk();
        return await HeardAsync(call());
    }

    private async Task<T> HeardAsync<T>(Task<T> answer)
    {
        var heard = await answer;
        await WaitAsync();
        return IsCut ? await Never<T>() : heard;
    }

    private async Task WaitAsync()
    {
        while (machine.StandsStillUntil is { } until && until > machine.Clock.Now)
        {
            // A delay counts whole milliseconds: one of less would be over at once, again and again.
            var over = new TaskCompletionSource();
            machine.Alarm(until - machine.Clock.Now, over.SetResult);
            await over.Task;
        }
    }

    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}

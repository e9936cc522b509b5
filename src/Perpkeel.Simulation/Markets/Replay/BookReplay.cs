using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// Replays recorded books and trades: each snapshot as what it changed, removals before additions, so that
/// the book is never crossed in between; each trade with the side that took.
/// </summary>
/// <remarks>At one instant markets come in the order of their indices, and funding after them.</remarks>
public sealed class BookReplay : IMarketSource
{
    private const long HourMs = 3_600_000;

    private readonly ReplayData _data;
    private readonly BookReplayMarket[] _markets;
    private long _hour;

    /// <summary>A replay from the beginning.</summary>
    /// <exception cref="ArgumentException">The recording is one of candles.</exception>
    public BookReplay(ReplayData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Books.Count == 0) throw new ArgumentException("The recording has no books.", nameof(data));
        _data = data;
        var endsAtMs = data.EndsAt.ToUnixTimeMilliseconds();
        _markets =
        [
            .. data.Books.Select((recording, index) => new BookReplayMarket(index, recording, endsAtMs)),
        ];
        _hour = data.Funding.FirstHour;
        var names = string.Join(", ", data.Markets.Select(market => market.Id.Value));
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"replay of books of {names}, {data.StartsAt:yyyy-MM-dd HH:mm} to "
            + $"{data.EndsAt:yyyy-MM-dd HH:mm} UTC");
    }

    /// <inheritdoc/>
    public IReadOnlyList<Market> Markets => _data.Markets;

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public DateTimeOffset StartsAt => _data.StartsAt;

    /// <inheritdoc/>
    public Ppm? PremiumAt(int market, DateTimeOffset at) => _data.PremiumAt(market, at);

    /// <inheritdoc/>
    public bool TryNext(ICollection<SourceEvent> batch, out DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Clear();
        at = _data.EndsAt;
        // An instant at which nothing turns out to have changed is no instant.
        while (batch.Count == 0)
        {
            var nowMs = _hour <= _data.Funding.LastHour ? _hour * HourMs : long.MaxValue;
            foreach (var market in _markets) nowMs = Math.Min(nowMs, market.NextMs);
            if (nowMs == long.MaxValue) return false;
            at = DateTimeOffset.FromUnixTimeMilliseconds(nowMs);
            foreach (var market in _markets)
            {
                if (market.NextMs == nowMs) market.Tell(nowMs, at, batch);
            }

            if (_hour * HourMs == nowMs) PayFunding(at, batch);
        }

        return true;
    }

    private void PayFunding(DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        foreach (var market in _data.Markets)
        {
            var rate = _data.Funding.Rate(market.BaseAsset, _hour);
            batch.Add(new SourceEvent(MarketEvent.Funding(market.Index, at, rate)));
        }

        _hour++;
    }
}

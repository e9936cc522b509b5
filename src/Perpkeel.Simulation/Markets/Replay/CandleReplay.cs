using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// Replays recorded candles as a market that could have been traded on: at a bar's opening a quote around its
/// open, at its end the bar itself. Nothing that is shown at an instant rests on what came after it; how the
/// bar may have come about is told to a venue that asks for it.
/// </summary>
/// <remarks>
/// At one instant all bars end before funding is paid, and it is paid before any bar opens; within each,
/// markets come in the order of their indices.
/// </remarks>
public sealed class CandleReplay : IMarketSource
{
    private const long HourMs = 3_600_000;

    // Oracle prices are three digits finer than ticks.
    private const long OracleUnitsPerTick = 1_000;

    // Half a basis point is one part of so many.
    private const long HalfSpreadParts = 20_000;

    /// <summary>The tenth part of a bar's volume is what our orders may take.</summary>
    internal const long VolumeParts = 10;

    private readonly ReplayData _data;
    private readonly int[] _next;
    private readonly bool[] _isOpen;
    private long _hour;

    /// <summary>A replay from the beginning.</summary>
    public CandleReplay(ReplayData data)
    {
        _data = data;
        _next = new int[data.Markets.Count];
        _isOpen = new bool[data.Markets.Count];
        _hour = data.Funding.FirstHour;
        var names = string.Join(", ", data.Markets.Select(market => market.Id.Value));
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"replay of {names}, {data.StartsAt:yyyy-MM-dd HH:mm} to {data.EndsAt:yyyy-MM-dd HH:mm} UTC");
    }

    /// <inheritdoc/>
    public IReadOnlyList<Market> Markets => _data.Markets;

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public DateTimeOffset StartsAt => _data.StartsAt;

    /// <inheritdoc/>
    public bool TryNext(ICollection<SourceEvent> batch, out DateTimeOffset at)
    {
        batch.Clear();
        var nowMs = NextInstant();
        if (nowMs == long.MaxValue)
        {
            at = _data.EndsAt;
            return false;
        }

        at = DateTimeOffset.FromUnixTimeMilliseconds(nowMs);
        for (var i = 0; i < _next.Length; i++)
        {
            if (_isOpen[i] && EndOf(i) == nowMs) Close(i, at, batch);
        }

        if (_hour <= _data.Funding.LastHour && _hour * HourMs == nowMs) PayFunding(at, batch);
        for (var i = 0; i < _next.Length; i++)
        {
            if (!_isOpen[i] && OpeningOf(i) == nowMs) Open(i, at, batch);
        }

        return true;
    }

    /// <inheritdoc/>
    public Ppm? PremiumAt(int market, DateTimeOffset at) => _data.PremiumAt(market, at);

    /// <inheritdoc/>
    public void AddDetails(
        int market, DateTimeOffset after, DateTimeOffset until, ICollection<SourceEvent> details)
    {
        ArgumentNullException.ThrowIfNull(details);
        var file = _data.Files[market];
        var (afterMs, untilMs) = (after.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        for (var i = FirstEndingAfter(market, afterMs); i < file.Bars.Length; i++)
        {
            if (file.Bars[i].OpenedAtMs >= untilMs) return;
            CandlePath.Add(market, file.Bars[i], file.LengthMs, afterMs, untilMs, details);
        }
    }

    /// <summary>Half the spread in ticks: half a basis point or half a tick, rounded up.</summary>
    internal static long HalfSpread(long price) =>
        Math.Max(1, (price + HalfSpreadParts - 1) / HalfSpreadParts);

    /// <summary>The first bar that ends after a time; it is usually the one that the replay is at.</summary>
    private int FirstEndingAfter(int market, long atMs)
    {
        var (bars, lengthMs) = (_data.Files[market].Bars, _data.Files[market].LengthMs);
        var (low, high) = (0, bars.Length);
        var guess = _next[market];
        for (var i = Math.Max(0, guess - 1); i <= guess; i++)
        {
            if (EndsAfter(i) && !EndsAfter(i - 1)) return i;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            if (EndsAfter(middle)) high = middle;
            else low = middle + 1;
        }

        return low;

        bool EndsAfter(int bar) =>
            bar >= 0 && (bar >= bars.Length || bars[bar].OpenedAtMs + lengthMs > atMs);
    }

    private long NextInstant()
    {
        var next = _hour <= _data.Funding.LastHour ? _hour * HourMs : long.MaxValue;
        for (var i = 0; i < _next.Length; i++) next = Math.Min(next, _isOpen[i] ? EndOf(i) : OpeningOf(i));
        return next;
    }

    private long OpeningOf(int market)
    {
        var bars = _data.Files[market].Bars;
        return _next[market] < bars.Length ? bars[_next[market]].OpenedAtMs : long.MaxValue;
    }

    private long EndOf(int market) =>
        _data.Files[market].Bars[_next[market]].OpenedAtMs + _data.Files[market].LengthMs;

    private void Open(int market, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        var place = _next[market];
        var bars = _data.Files[market].Bars;
        var shown = place == 0 ? 0 : bars[place - 1].Volume / VolumeParts;
        batch.Add(new SourceEvent(Quote(market, at, bars[place].Open, shown)));
        batch.Add(new SourceEvent(MarketEvent.Oracle(market, at, bars[place].Open * OracleUnitsPerTick)));
        _isOpen[market] = true;
    }

    private void Close(int market, DateTimeOffset at, ICollection<SourceEvent> batch)
    {
        var file = _data.Files[market];
        var bar = file.Bars[_next[market]];
        var candle = new Candle(
            DateTimeOffset.FromUnixTimeMilliseconds(bar.OpenedAtMs), TimeSpan.FromMilliseconds(file.LengthMs),
            new Ticks(bar.Open), new Ticks(bar.High), new Ticks(bar.Low), new Ticks(bar.Close),
            new Steps(bar.Volume));
        batch.Add(new SourceEvent(MarketEvent.Bar(market, candle)));
        batch.Add(new SourceEvent(Quote(market, at, bar.Close, bar.Volume / VolumeParts)));
        batch.Add(new SourceEvent(MarketEvent.Oracle(market, at, bar.Close * OracleUnitsPerTick)));
        _isOpen[market] = false;
        _next[market]++;
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

    /// <summary>
    /// The price on the tick, half a spread away on either side, rounded outward; at least one tick.
    /// </summary>
    private static MarketEvent Quote(int market, DateTimeOffset at, long price, long size)
    {
        var half = HalfSpread(price);
        var shown = new Steps(Math.Max(1, size));
        return MarketEvent.Quote(
            market, at, new Ticks(Math.Max(1, price - half)), shown, new Ticks(price + half), shown);
    }
}

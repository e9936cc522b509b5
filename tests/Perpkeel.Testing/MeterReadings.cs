using System.Diagnostics.Metrics;

namespace Perpkeel.Testing;

/// <summary>
/// What the instruments of one meter were told, as somebody who exports metrics would see it.
/// </summary>
public sealed class MeterReadings : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(string Instrument, double Value, string? Outcome)> _told = [];
    private readonly List<Instrument> _instruments = [];
    private readonly MeterListener _listener = new();

    /// <summary>Listens to a meter.</summary>
    public MeterReadings(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter != meter) return;
            lock (_gate) _instruments.Add(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The instruments that there are.</summary>
    public IReadOnlyList<Instrument> Instruments
    {
        get
        {
            lock (_gate) return [.. _instruments];
        }
    }

    /// <summary>Everything that an instrument was told, summed.</summary>
    public double Sum(string instrument)
    {
        lock (_gate)
        {
            return _told.Where(told => IsOf(told.Instrument, instrument)).Sum(told => told.Value);
        }
    }

    /// <summary>Everything that an instrument was told, in order, with its outcome.</summary>
    public IReadOnlyList<(double Value, string? Outcome)> All(string instrument)
    {
        lock (_gate)
        {
            return
            [
                .. _told.Where(told => IsOf(told.Instrument, instrument))
                    .Select(told => (told.Value, told.Outcome)),
            ];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static bool IsOf(string told, string instrument) =>
        string.Equals(told, instrument, StringComparison.Ordinal);

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? outcome = null;
        foreach (var (name, tag) in tags)
        {
            if (IsOf(name, "outcome")) outcome = tag as string;
        }

        lock (_gate) _told.Add((instrument.Name, value, outcome));
    }
}

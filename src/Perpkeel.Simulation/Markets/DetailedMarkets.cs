using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets;

/// <summary>
/// A source with the details of all its markets told in between, for a venue that would rather pass them over
/// than ask for them.
/// </summary>
public sealed class DetailedMarkets(IMarketSource source) : IMarketSource
{
    private readonly List<SourceEvent> _shown = [];
    private readonly List<SourceEvent>[] _details = [.. source.Markets.Select(_ => new List<SourceEvent>())];
    private readonly int[] _next = new int[source.Markets.Count];
    private DateTimeOffset? _shownAt;
    private bool _hasEnded;

    /// <inheritdoc/>
    public IReadOnlyList<Market> Markets => source.Markets;

    /// <inheritdoc/>
    public string Description => source.Description;

    /// <inheritdoc/>
    public DateTimeOffset StartsAt => source.StartsAt;

    /// <inheritdoc/>
    public Ppm? PremiumAt(int market, DateTimeOffset at) => source.PremiumAt(market, at);

    /// <inheritdoc/>
    public bool TryNext(ICollection<SourceEvent> batch, out DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Clear();
        if (_shownAt is null && !Read())
        {
            at = default;
            return false;
        }

        at = _shownAt.GetValueOrDefault();
        for (var market = 0; market < _next.Length; market++)
        {
            if (_next[market] == _details[market].Count) continue;
            var due = _details[market][_next[market]].Event.At;
            if (due < at) at = due;
        }

        for (var market = 0; market < _next.Length; market++)
        {
            var details = _details[market];
            for (; _next[market] < details.Count && details[_next[market]].Event.At == at; _next[market]++)
            {
                batch.Add(details[_next[market]]);
            }
        }

        if (at == _shownAt)
        {
            foreach (var shown in _shown) batch.Add(shown);
            _ = Read();
        }

        return true;
    }

    /// <summary>Reads what is shown next, and the details on the way there.</summary>
    private bool Read()
    {
        var after = _shownAt;
        _shownAt = null;
        if (_hasEnded || !source.TryNext(_shown, out var at))
        {
            _hasEnded = true;
            return false;
        }

        _shownAt = at;
        for (var market = 0; market < _next.Length; market++)
        {
            _details[market].Clear();
            _next[market] = 0;
            if (after is { } from) source.AddDetails(market, from, at, _details[market]);
        }

        return true;
    }
}

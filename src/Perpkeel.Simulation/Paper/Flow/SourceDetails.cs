using Perpkeel.Simulation.Markets;

namespace Perpkeel.Simulation.Paper.Flow;

/// <summary>
/// Asks the source how markets that the account is in came from one shown instant to the next, and lets it
/// happen in its time. Other markets are not asked for.
/// </summary>
internal sealed class SourceDetails(IMarketSource source, MarketsFlow flow, Agenda agenda)
{
    // Details come before what is shown at the same instant, which has the number 0.
    private const long FirstNumber = -1_000_000;

    private readonly List<SourceEvent> _details = [];
    private DateTimeOffset? _shownAt;
    private DateTimeOffset? _nextAt;

    /// <summary>What is shown next comes at a time; what was shown last is over.</summary>
    public void ShownNext(DateTimeOffset at)
    {
        _shownAt = _nextAt;
        _nextAt = at;
        if (_shownAt is not { } after || after < source.StartsAt) return;
        for (var market = 0; market < source.Markets.Count; market++)
        {
            if (flow.IsEntered(market)) Ask(market, after, at);
        }
    }

    /// <summary>The account comes to a market, which has come on since it was last shown.</summary>
    public void Enter(int market, DateTimeOffset at)
    {
        if (!flow.IsEntered(market) && _shownAt is { } after && _nextAt is { } next)
        {
            _details.Clear();
            source.AddDetails(market, after, at, _details);
            flow.HearPassed(market, _details);
            Ask(market, at, next);
        }

        flow.Enter(market);
    }

    private void Ask(int market, DateTimeOffset after, DateTimeOffset until)
    {
        _details.Clear();
        source.AddDetails(market, after, until, _details);
        foreach (var instant in _details.GroupBy(detail => detail.Event.At))
        {
            SourceEvent[] told = [.. instant];
            agenda.Add(
                instant.Key, AgendaKind.Source, FirstNumber + market,
                at => flow.HearDetails(market, told, at));
        }
    }
}

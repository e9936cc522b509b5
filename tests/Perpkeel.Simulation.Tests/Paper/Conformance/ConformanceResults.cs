using Perpkeel.Testing.Conformance;

namespace Perpkeel.Simulation.Tests.Paper.Conformance;

/// <summary>What became of the cases, each of which is tried once.</summary>
public sealed class ConformanceResults
{
    private const string Head = """
        # Venue conformance

        Made by the tests (`PERPKEEL_UPDATE_GOLDENS=1 dotnet test tests/Perpkeel.Simulation.Tests`).
        Each case is tried on a venue of its own through the port alone (`IMarketFeed`, `IAccountFeed`,
        `IOrderGateway`). A venue that does not know what a case is about is shown as not offered.


        """;

    private readonly PaperVenues _paper = new();
    private readonly Dictionary<string, Task<(ConformanceOutcome Outcome, string Why)>> _tried =
        new(StringComparer.Ordinal);

    /// <summary>What became of a case.</summary>
    public Task<(ConformanceOutcome Outcome, string Why)> OfAsync(string id)
    {
        if (_tried.TryGetValue(id, out var known)) return known;
        return _tried[id] = VenueConformance.TryAsync(id, _paper);
    }

    /// <summary>The document of all cases.</summary>
    public async Task<string> DocumentAsync()
    {
        var outcomes = new Dictionary<string, ConformanceOutcome>(StringComparer.Ordinal);
        foreach (var id in VenueConformance.Ids) outcomes[id] = (await OfAsync(id)).Outcome;

        return Head + VenueConformance.Table([(_paper.Name, outcomes)]);
    }
}

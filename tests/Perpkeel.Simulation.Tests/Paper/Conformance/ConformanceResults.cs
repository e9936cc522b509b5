using Perpkeel.Testing.Conformance;

namespace Perpkeel.Simulation.Tests.Paper.Conformance;

/// <summary>What became of the cases, each of which is tried once.</summary>
public sealed class ConformanceResults
{
    private const string Head = """
        # Venue conformance

        Made by the tests; `PERPKEEL_UPDATE_GOLDENS=1 dotnet test tests/Perpkeel.Simulation.Tests` writes it anew.
        Each case is tried on a venue of its own through the port alone (`IMarketFeed`, `IAccountFeed`,
        `IOrderGateway`). A venue that does not know what a case is about is shown as not offered.


        """;

    private readonly PaperVenues _paper = new();
    private readonly Dictionary<string, Task<ConformanceOutcome>> _tried = new(StringComparer.Ordinal);

    /// <summary>What became of a case.</summary>
    public Task<ConformanceOutcome> OfAsync(string id)
    {
        if (_tried.TryGetValue(id, out var known)) return known;
        return _tried[id] = VenueConformance.RunAsync(id, _paper);
    }

    /// <summary>The document of all cases.</summary>
    public async Task<string> DocumentAsync()
    {
        var outcomes = new Dictionary<string, ConformanceOutcome>(StringComparer.Ordinal);
        foreach (var id in VenueConformance.Ids)
        {
            var tried = OfAsync(id);
            outcomes[id] = tried.Exception?.InnerException is ConformanceException
                ? ConformanceOutcome.Failed
                : await tried;
        }

        return Head + VenueConformance.Table([(_paper.Name, outcomes)]);
    }
}

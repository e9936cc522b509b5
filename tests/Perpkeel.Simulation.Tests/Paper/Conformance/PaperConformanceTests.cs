using Perpkeel.Simulation.Paper;
using Perpkeel.Testing;
using Perpkeel.Testing.Conformance;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper.Conformance;

/// <summary>The paper venue does what any venue behind the port has to.</summary>
[Trait("Req", "VEN-3")]
[Trait("Req", "PAP-1")]
public sealed class PaperConformanceTests(ConformanceResults results) : IClassFixture<ConformanceResults>
{
    private const string Document = "docs/venues/conformance.md";

    public static TheoryData<string> Cases => [.. VenueConformance.Ids];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_paper_venue_conforms(string id)
    {
        Assert.Equal((ConformanceOutcome.Passed, string.Empty), await results.OfAsync(id));
    }

    public static TheoryData<string, string> Models
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var latency in LatencyModel.All) data.Add(latency.Name, FillModel.Usual.Name);
            foreach (var fill in FillModel.All.Skip(1)) data.Add(LatencyModel.Fixed.Name, fill.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task The_paper_venue_conforms_with_every_model(string latency, string fill)
    {
        var venues = new PaperVenues(settings => settings with
        {
            Seed = 3,
            LatencyModel = LatencyModel.Find(latency)!,
            FillModel = FillModel.Find(fill)!,
            Latency = TimeSpan.FromMilliseconds(90),
            IndexerLag = TimeSpan.FromMilliseconds(700),
        });
        var faults = new List<string>();

        foreach (var id in VenueConformance.Ids.Where(id => id is not "CONF-18"))
        {
            var outcome = await VenueConformance.TryAsync(id, venues);
            if (outcome.Outcome != ConformanceOutcome.Passed) faults.Add($"{id}: {outcome.Why}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Cases_are_numbered_without_holes()
    {
        var expected = Enumerable.Range(1, VenueConformance.All.Count).Select(number => $"CONF-{number:00}");

        Assert.Equal(expected, VenueConformance.Ids, StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_table_of_capabilities_is_what_the_cases_show()
    {
        var text = await results.DocumentAsync();
        var file = Path.Combine([RepositoryRoot.Find(), .. Document.Split('/')]);
        if (ExecutedDocument.IsUpdate) await File.WriteAllTextAsync(file, text, CancellationToken.None);

        Assert.Equal(text, await File.ReadAllTextAsync(file, CancellationToken.None));
    }
}

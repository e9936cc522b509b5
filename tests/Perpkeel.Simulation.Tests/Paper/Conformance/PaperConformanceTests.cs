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
        Assert.Equal(ConformanceOutcome.Passed, await results.OfAsync(id));
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

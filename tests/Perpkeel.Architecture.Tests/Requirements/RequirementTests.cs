using Xunit;

namespace Perpkeel.Architecture.Tests.Requirements;

[Trait("Category", "Architecture")]
public sealed class RequirementTests
{
    private const string Document = "docs/requirements.md";

    private static IEnumerable<TracedTest> Traced =>
        Repository.TextFiles("tests").Where(file => file.IsSource).SelectMany(TraitScan.Of);

    [Fact]
    [Trait("Req", "DOC-1")]
    public void The_table_of_requirements_is_what_the_tests_say()
    {
        var path = Repository.At(Document);
        var table = RequirementTable.Write(RequirementTitles.All, Traced);
        var isAsked = Environment.GetEnvironmentVariable("PERPKEEL_UPDATE_GOLDENS") is "1";
        if (isAsked) File.WriteAllText(path, table);

        var committed = File.Exists(path) ? File.ReadAllText(path) : string.Empty;

        Assert.True(
            committed.Is(table),
            $"{Document} is not what the traits say. "
            + "Run again with PERPKEEL_UPDATE_GOLDENS=1 and commit it.\n"
            + string.Join('\n', table.Split('\n').Except(committed.Split('\n'), StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_trait_names_a_requirement() =>
        Rule.Holds(
            "A trait names a requirement that there is.",
            Traced.Where(test => !RequirementTitles.All.Any(known => known.Id.Is(test.Requirement)))
                .Select(test => $"{test.Class}.{test.Method}: {test.Requirement}"));

    [Fact]
    public void No_requirement_is_listed_twice() =>
        Assert.Equal(
            RequirementTitles.All.Length,
            RequirementTitles.All.Select(known => known.Id).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Traits_of_methods_and_classes_are_read()
    {
        var file = new TextFile(
            "tests/A.cs",
            """
            [Trait("Req", "AAA-1")]
            public sealed class FirstTests
            {
                [Fact]
                [Trait("Req", "BBB-2")]
                public void One() => Check();

                [Theory]
                [InlineData(1)]
                public async Task Two(int number)
                {
                }

                public static int NotATest() => 1;
            }

            public abstract class SecondTests<T>
            {
                [Fact]
                public void Untraced()
                {
                }

                [Fact, Trait("Req", "CCC-3")]
                public void Three()
                {
                }
            }
            """);

        Rule.Finds(
            TraitScan.Of(file).Select(test => $"{test.Requirement} {test.Class}.{test.Method}"),
            "AAA-1 FirstTests.One",
            "BBB-2 FirstTests.One",
            "AAA-1 FirstTests.Two",
            "CCC-3 SecondTests.Three");
    }

    [Fact]
    public void A_requirement_without_tests_is_open()
    {
        Requirement[] known = [new("AAA-1", "First"), new("BBB-2", "Second")];
        TracedTest[] tests = [.. Enumerable.Range(1, 4).Select(n => new TracedTest("AAA-1", "T", $"M{n}"))];

        var table = RequirementTable.Write(known, tests);

        Assert.Contains("1 of 2 requirements have tests.", table, StringComparison.Ordinal);
        Assert.Contains("| AAA-1 | First | 4 | `T.M1`, `T.M2`, `T.M3`, … |", table, StringComparison.Ordinal);
        Assert.EndsWith("| BBB-2 | Second |\n", table, StringComparison.Ordinal);
    }
}

using System.Reflection;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Traps;

/// <summary>The table of traps names tests that are there.</summary>
[Trait("Req", "VEN-1")]
public sealed class TrapTableTests
{
    private const int Traps = 28;

    [Fact]
    public void Every_trap_is_there_once_and_in_order() =>
        Assert.Equal(
            string.Join(' ', Enumerable.Range(1, Traps)), string.Join(' ', Rows().Select(row => row[0])));

    [Fact]
    public void Every_trap_names_tests_and_all_of_them_run()
    {
        var tests = typeof(TrapTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => (type, method)))
            .Where(one => one.method.GetCustomAttributes<FactAttribute>().Any(fact => fact.Skip is null))
            .Select(one => $"{one.type.Name}.{one.method.Name}")
            .ToHashSet(StringComparer.Ordinal);

        foreach (var row in Rows())
        {
            var named = row[3].Split(',', StringSplitOptions.TrimEntries)
                .Select(name => name.Trim('`')).ToList();
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.True(tests.Contains(name), $"trap {row[0]}: no test {name}"));
        }
    }

    private static List<string[]> Rows() =>
    [
        .. File.ReadAllLines(Path.Combine(RepositoryRoot.Find(), "docs", "venues", "dydx-traps.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)
                && char.IsAsciiDigit(line[2]))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];
}

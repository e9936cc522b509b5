using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Book;

/// <summary>The book does what the naive book does; a failure names regime and seed.</summary>
[Trait("Req", "PAP-1")]
public sealed class BookDifferentialTests
{
    private const int Seeds = 8;
    private const int ActsPerSeed = 14_000;
    private const int ActsBetweenComparisons = 16;

    public static TheoryData<string> Regimes =>
        ["tight", "wide", "sparse", "jumps", "drift", "one-sided", "huge", "bottom", "top"];

    /// <summary>Nine regimes of 8 seeds of 14,000 operations: 1,008,000.</summary>
    [Theory]
    [MemberData(nameof(Regimes))]
    public void A_million_operations_do_what_they_do_to_a_naive_book(string regime)
    {
        var fills = 0;
        var removals = 0;
        for (var seed = 0UL; seed < Seeds; seed++)
        {
            var pair = new BookPair(new PriceRegime(regime, seed), seed, moodPercent: (int)seed * 5);
            for (var act = 0; act < ActsPerSeed; act++)
            {
                pair.Act();
                if (act % ActsBetweenComparisons == 0) pair.CompareWhole();
            }

            pair.CompareWhole();
            fills += pair.Fills;
            removals += pair.Removals;
        }

        Assert.True(fills > 1_000 && removals > 100, $"{regime}: only {fills} fills, {removals} removals.");
    }

    [Theory]
    [MemberData(nameof(Regimes))]
    public void The_whole_book_is_equal_after_every_operation(string regime)
    {
        var pair = new BookPair(new PriceRegime(regime, seed: 1_000), seed: 1_000, moodPercent: 20);
        for (var act = 0; act < 2_500; act++)
        {
            pair.Act();
            pair.CompareWhole();
        }
    }
}

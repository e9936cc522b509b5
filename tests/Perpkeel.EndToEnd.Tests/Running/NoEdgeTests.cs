using System.Globalization;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Running;

/// <summary>
/// The synthetic market pays nobody: a strategy of ours loses its fees there, on the average.
/// </summary>
[Trait("Req", "PAP-1")]
public sealed class NoEdgeTests(ITestOutputHelper output)
{
    private const double Deposit = 10_000;

    /// <summary>Four seeds every day; thirty, and longer, where PERPKEEL_SWEEP is set: two minutes.</summary>
    private static (int Seeds, string Duration) Extent =>
        Environment.GetEnvironmentVariable("PERPKEEL_SWEEP") is null ? (4, "60m") : (30, "3h");

    [Fact]
    public async Task After_fees_the_strategy_loses_and_before_them_it_earns_nothing_but_pays_the_spread()
    {
        var (seeds, duration) = Extent;
        var (after, before, fees) = (new List<double>(), new List<double>(), new List<double>());
        for (var seed = 1; seed <= seeds; seed++)
        {
            using var folder = new TempFolder();
            var told = await SummaryAsync(
                folder.Path,
                [.. Eager, "--duration", duration, "--seed", seed.ToString(CultureInfo.InvariantCulture)]);
            var gain = Number(told, "equity") - Deposit;
            after.Add(gain);
            fees.Add(Number(told, "fees"));
            before.Add(gain + fees[^1] - Number(told, "funding"));
        }

        var (mean, error) = (before.Average(), Error(before));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seeds} seeds: {after.Average():0.00} USD after fees, {mean:0.00} +- {error:0.00} before"));
        Assert.True(after.Average() < 0, $"{after.Average()} USD are earned");
        // What is missing before fees is the spread, and the depth that large orders walk through.
        Assert.InRange(mean, -(0.5 * fees.Average()) - (3 * error), 3 * error);
    }

    private static double Number(Told told, string member) =>
        double.Parse(told.Text(member), CultureInfo.InvariantCulture);

    /// <summary>Standard error of the mean.</summary>
    private static double Error(List<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(
            values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count);
    }
}

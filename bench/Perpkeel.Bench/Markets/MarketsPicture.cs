using System.Globalization;
using System.Text;
using Perpkeel.Simulation.Tests.Markets.Synthetic;

namespace Perpkeel.Bench.Markets;

/// <summary>
/// Recorded and synthetic markets in two charts: how far minutes move, and how long restlessness lasts. The
/// colours suit a light page and, where the reader has asked for it, a dark one.
/// </summary>
internal static class MarketsPicture
{
    private const int Top = 96;
    private const int LeftOfTails = 100;
    private const int LeftOfMemory = 556;

    private const string Head = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 450" width="1000" height="450" role="img"
          aria-label="Recorded and synthetic one-minute returns: tails and clustering">
        <style>
          .page { fill: #ffffff } text { font: 13px system-ui, sans-serif; fill: #24292f }
          .title { font-size: 15px; font-weight: 600 } .label { font-size: 12px; fill: #57606a }
          .grid { stroke: #d8dee4; stroke-width: 1 } .axis, .tick { stroke: #6e7781; stroke-width: 1 }
          polyline { fill: none; stroke-width: 2.4; stroke-linejoin: round }
          .recorded { stroke: #24292f } .recorded-band { fill: #57606a; opacity: .22 }
          .synthetic { stroke: #d9480f } .synthetic-band { fill: #f76707; opacity: .20 }
          .normal { stroke: #6e7781; stroke-width: 1.4; stroke-dasharray: 5 4 } .normal-word { fill: #57606a }
          @media (prefers-color-scheme: dark) {
            .page { fill: #0d1117 } text { fill: #e6edf3 } .label, .normal-word { fill: #9198a1 }
            .grid { stroke: #2a313c } .axis, .tick { stroke: #7d8590 } .recorded { stroke: #e6edf3 }
            .recorded-band { fill: #9198a1 } .synthetic { stroke: #ff922b } .normal { stroke: #7d8590 }
          }
        </style>
        <rect class="page" width="1000" height="450"/>

        """;

    // Distances in standard deviations, evenly on the logarithmic scale, and lags in minutes up to a day.
    private static readonly double[] Sizes =
        [.. Enumerable.Range(0, 41).Select(i => 0.5 * Math.Pow(60, i / 40d))];

    private static readonly int[] Lags =
        [1, 2, 3, 5, 8, 12, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 960, 1_200, 1_440];

    /// <summary>Draws the picture.</summary>
    public static string Draw(MinuteBars[] recorded, MinuteBars[] synthetic)
    {
        var svg = new StringBuilder(Head);
        Legend(svg, recorded.Length, synthetic.Length);
        Tails(svg, recorded, synthetic);
        Memory(svg, recorded, synthetic);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Legend(StringBuilder svg, int recorded, int synthetic)
    {
        (string Style, string Text, int At)[] parts =
        [
            ("recorded", $"recorded, {recorded} markets", LeftOfTails),
            ("synthetic", $"synthetic, {synthetic} markets", LeftOfTails + 210),
        ];
        foreach (var (style, text, at) in parts)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""
                <rect class="{style}-band" x="{at}" y="18" width="34" height="18"/>
                <polyline class="{style}" points="{at},27 {at + 34},27"/>
                <text x="{at + 44}" y="32">{text}</text>

                """);
        }

        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <text class="label" x="{LeftOfMemory}" y="32">lines: mean; bands: least to greatest market</text>

            """);
    }

    private static void Tails(StringBuilder svg, MinuteBars[] recorded, MinuteBars[] synthetic)
    {
        var panel = new ChartPanel(svg, LeftOfTails, Top, (0.5, 30, true), (0.00001, 1, true));
        panel.Axes(
            "How often a minute moves further", "distance in standard deviations of a minute",
            [(0.5, "0.5"), (1, "1"), (2, "2"), (5, "5"), (10, "10"), (20, "20")],
            [
                (1, "all"), (0.1, "1 in 10"), (0.01, "1 in 100"), (0.001, "1 in 1,000"),
                (0.0001, "1 in 10,000"), (0.00001, "1 in 100,000"),
            ]);
        panel.Line("normal", Sizes.Where(size => size < 4.3).Select(size => (size, Normal(size))));
        panel.Word("normal-word", 2.1, 0.000016, "normal");
        Draw(panel, "recorded", recorded, Exceeding);
        Draw(panel, "synthetic", synthetic, Exceeding);
    }

    private static void Memory(StringBuilder svg, MinuteBars[] recorded, MinuteBars[] synthetic)
    {
        var panel = new ChartPanel(svg, LeftOfMemory, Top, (1, 1_440, true), (-0.05, 0.35, false));
        panel.Axes(
            "How long restlessness lasts", "distance of two minutes whose |returns| are correlated",
            [(1, "1 min"), (5, "5"), (15, "15"), (60, "1 h"), (240, "4 h"), (1_440, "1 day")],
            [(0, "0"), (0.1, "0.1"), (0.2, "0.2"), (0.3, "0.3")]);
        Draw(panel, "recorded", recorded, Clustering);
        Draw(panel, "synthetic", synthetic, Clustering);
    }

    private static void Draw(
        ChartPanel panel, string style, MinuteBars[] markets,
        Func<MinuteBars, IReadOnlyList<(double X, double Y)>> figure)
    {
        var curves = markets.Select(figure).ToArray();
        var points = Enumerable.Range(0, curves[0].Count)
            .Select(i => (curves[0][i].X, Values: curves.Select(curve => curve[i].Y).ToArray()))
            .ToArray();
        panel.Band(
            style + "-band", [.. points.Select(point => (point.X, point.Values.Min(), point.Values.Max()))]);
        panel.Line(style, points.Select(point => (point.X, point.Values.Average())));
    }

    private static IReadOnlyList<(double X, double Y)> Exceeding(MinuteBars bars)
    {
        var deviation = Math.Sqrt(bars.Returns.Average(move => move * move));
        return
        [
            .. Sizes.Select(size => (
                size,
                bars.Returns.Count(move => Math.Abs(move) > size * deviation) / (double)bars.Returns.Count)),
        ];
    }

    private static IReadOnlyList<(double X, double Y)> Clustering(MinuteBars bars)
    {
        double[] sizes = [.. bars.Returns.Select(Math.Abs)];
        return [.. Lags.Select(lag => ((double)lag, Statistics.Autocorrelation(sizes, lag)))];
    }

    /// <summary>How often a normal minute moves further than so many standard deviations.</summary>
    /// <remarks>Abramowitz and Stegun 7.1.26, good to seven digits.</remarks>
    private static double Normal(double deviations)
    {
        var x = deviations / Math.Sqrt(2);
        var t = 1 / (1 + (0.3275911 * x));
        var sum = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741
            + (t * (-1.453152027 + (t * 1.061405429))))))));
        return sum * Math.Exp(-x * x);
    }
}

using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Risk;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Risk;

[Trait("Req", "DOC-1")]
[Trait("Req", "SIZ-1")]
public sealed class SizingGuideTests
{
    [Fact]
    public void The_guide_to_sizing_shows_what_runs_and_what_comes_of_it()
    {
        var blocks = new Dictionary<string, IReadOnlyList<string>>(
            CodeSamples.Read("tests/Perpkeel.Core.Tests/Risk/SizingGuideTests.cs"), StringComparer.Ordinal);
        blocks.Add("answer", [.. Told(Worked())]);
        blocks.Add("faults", [.. Faults()]);

        Assert.Empty(ExecutedDocument.Read("docs/guides/sizing.md").Check(blocks));
    }

    private static PositionSizingRequest Worked()
    {
        // sample: request
        var request = new PositionSizingRequest
        {
            Available = new Usd(10_000m),
            Leverage = new Leverage(5m),
            Side = Side.Buy,
            Entry = new Price(60_000m),
            Stop = new Price(59_100m),
            RiskPerTrade = 0.01m,
            MaxExposure = 0.5m,
            StepSize = 0.0001m,
        };
        // end
        return request;
    }

    private static IEnumerable<string> Told(PositionSizingRequest request)
    {
        Assert.True(PositionSizer.Size(request).TryGet(out var sized, out _));
        yield return $"{sized.Quantity} for {sized.Notional} USD, bound by {sized.Reason}";
        foreach (var limit in sized.Limits)
        {
            var shown = Decimals.Text(Decimals.FloorToMultiple(limit.Quantity.Value, 0.0001m));
            yield return $"{limit.Name,-10}{shown,8}  {limit.Value}";
        }
    }

    private static IEnumerable<string> Faults()
    {
        PositionSizingRequest[] wrong =
        [
            Worked() with { Stop = new Price(60_900m) }, Worked() with { RiskPerTrade = 1.5m },
            Worked() with { Side = Side.None }, Worked() with { StepSize = 0m },
        ];
        foreach (var request in wrong)
        {
            Assert.False(PositionSizer.Size(request).TryGet(out _, out var error));
            yield return $"{error.Code}: {error.Message}";
        }
    }
}

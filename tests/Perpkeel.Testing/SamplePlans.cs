using Perpkeel.Core.Instruments;
using Perpkeel.Core.Strategies;

namespace Perpkeel.Testing;

/// <summary>Plans as a strategy would make them.</summary>
public static class SamplePlans
{
    /// <summary>Distance of the stop where a test does not care.</summary>
    public const decimal StopDistance = 0.015m;

    /// <summary>A position in a market.</summary>
    public static Plan.Enter Enter(MarketId market, Side side, decimal stopDistance = StopDistance) => new()
    {
        Decision = Decide(market, DecisionAction.Enter, "test-entry", side),
        StopDistance = stopDistance,
        HoldFor = TimeSpan.FromHours(4),
    };

    /// <summary>An end to the position in a market.</summary>
    public static Plan.Exit Exit(MarketId market, string rule = "test-exit") => new()
    {
        Decision = Decide(market, DecisionAction.Exit, rule, Side.None),
    };

    private static Decision Decide(MarketId market, DecisionAction action, string rule, Side side) => new()
    {
        Strategy = "test",
        Rule = rule,
        Action = action,
        Market = market,
        Side = side,
        Rows = [new DecisionRow(market, 7_500, [9_000, 6_000, 6_000], 3, Side.None)],
    };
}

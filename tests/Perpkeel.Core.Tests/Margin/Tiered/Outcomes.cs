using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>Takes results apart; what is not as expected fails the test with its message.</summary>
internal static class Outcomes
{
    public static TierTable Value(this Result<TierTable, TierRefusal> result)
    {
        if (result.TryGet(out var table, out var refusal)) return table;
        Assert.Fail($"{refusal.Symbol}: {string.Join(' ', refusal.Findings.Select(Told))}");
        return table;
    }

    public static IReadOnlyList<TierFinding> Findings(this Result<TierTable, TierRefusal> result) =>
        result.TryGet(out _, out var refusal) ? [] : refusal.Findings;

    public static T Value<T>(this Result<T, MarginInputError> result)
        where T : notnull
    {
        if (result.TryGet(out var value, out var error)) return value;
        Assert.Fail(error.Message);
        return value;
    }

    private static string Told(TierFinding finding) => $"[{finding.Code} {finding.Tier}] {finding.What}";
}

using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Xunit;

namespace Perpkeel.Core.Tests.Execution;

[Trait("Req", "EXE-2")]
public sealed class ExecutionErrorsTests
{
    [Fact]
    public void Each_refusal_of_a_rule_becomes_the_error_that_says_what_to_do()
    {
        (RiskRefusal Refusal, Type Error)[] cases =
        [
            (NoSize(SizingReason.ZeroBalance), typeof(TradeExecutionError.InsufficientBalance)),
            (NoSize(SizingReason.Leverage), typeof(TradeExecutionError.InsufficientLeverage)),
            (NoSize(SizingReason.Exposure), typeof(TradeExecutionError.LimitExceeded)),
            (NoSize(SizingReason.BelowStep), typeof(TradeExecutionError.SizingFailed)),
            (Cut(SizingReason.Leverage), typeof(TradeExecutionError.InsufficientLeverage)),
            (Cut("collateral"), typeof(TradeExecutionError.InsufficientBalance)),
            (Cut(SizingReason.Risk), typeof(TradeExecutionError.LimitExceeded)),
            (RiskRefusal.Malformed("a side", "none"), typeof(TradeExecutionError.InvalidSignal)),
            (RiskRefusal.MarketOwned, typeof(TradeExecutionError.MarketOwned)),
            (RiskRefusal.UnknownOutcome(2), typeof(TradeExecutionError.OutcomeUnknown)),
            (RiskRefusal.NoPlacementRoom, typeof(TradeExecutionError.LimitExceeded)),
        ];

        Assert.All(cases, each => Assert.IsType(each.Error, ExecutionErrors.Of(each.Refusal)));
    }

    [Fact]
    public void Markets_with_similar_names_are_named()
    {
        MarketId[] known = [new("BTC-USD"), new("BCH-USD"), new("ETH-USD")];

        Assert.Equal(["BTC-USD"], Near("BTC-PERP"), StringComparer.Ordinal);
        Assert.Equal(["BCH-USD", "BTC-USD"], Near("BX"), StringComparer.Ordinal);
        Assert.Equal(["BCH-USD", "BTC-USD", "ETH-USD"], Near("ZZZ"), StringComparer.Ordinal);

        IEnumerable<string> Near(string name) =>
            SignalCheck.Near(new MarketId(name), known).Select(each => each.Value);
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void Ids_of_signals_are_ordered_by_code_unit_whatever_the_culture()
    {
        var (a, b) = (new SignalId("Z"), new SignalId("a"));

        Assert.True(a < b && a <= b && b > a && b >= a);
        Assert.Equal(0, a.CompareTo(new SignalId("Z")));
        Assert.True(SignalId.TryParse("tv:1/a_b-c.d", out _));
        Assert.False(SignalId.TryParse(new string('x', SignalId.MostLength + 1), out _));
        Assert.False(SignalId.TryParse(null, out _));
    }

    private static RiskRefusal NoSize(string reason) => RiskRefusal.NoSize(reason, "0");

    private static RiskRefusal Cut(string limit) =>
        RiskRefusal.SizeAbove(limit, new Size(1m), new Size(2m));
}

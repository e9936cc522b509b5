using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Core.Risk;
using Xunit;

namespace Perpkeel.Core.Tests.Risk;

public sealed class PositionSizerProperties
{
    private const int Cases = 10_000;

    [Fact]
    [Trait("Req", "SIZ-2")]
    public void Notional_never_exceeds_the_balance_times_leverage() => Holds((request, result) =>
        Notional(request, result) <= ExactProduct.Of(Balance(request), request.Leverage.Value));

    [Fact]
    [Trait("Req", "SIZ-2")]
    public void Notional_and_what_is_open_stay_within_balance_times_exposure() => Holds((request, result) =>
        result.Quantity.IsZero
        || Notional(request, result) + ExactProduct.Of(request.OpenExposure.Value, 1m)
            <= ExactProduct.Of(Balance(request), request.MaxExposure));

    [Fact]
    [Trait("Req", "SIZ-2")]
    public void Notional_reaches_the_smallest_order_or_is_nothing() => Holds((request, result) =>
        result.Quantity.IsZero
        || request.MinOrder is not { } min
        || Notional(request, result) >= ExactProduct.Of(min.Value, 1m));

    [Fact]
    [Trait("Req", "SIZ-2")]
    public void Notional_never_exceeds_the_greatest_order() => Holds((request, result) =>
        request.MaxOrder is not { } max || Notional(request, result) <= ExactProduct.Of(max.Value, 1m));

    [Fact]
    [Trait("Req", "SIZ-2")]
    public void Quantity_is_a_multiple_of_the_step() => Holds((request, result) =>
        (ExactProduct.Whole(result.Quantity.Value) % ExactProduct.Whole(request.StepSize)).IsZero);

    [Fact]
    [Trait("Req", "SIZ-2")]
    public void More_balance_never_gives_a_smaller_size()
    {
        var sized = 0;

        Prop.ForAll(SizingRequests.WithMoreBalance, pair =>
        {
            var less = Sized(pair.Request);
            var more = Sized(pair.Request with { Available = pair.More });
            if (!less.Quantity.IsZero) sized++;
            return more.Quantity >= less.Quantity;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

        Assert.True(sized > Cases / 10, $"only {sized} sizes");
    }

    [Fact]
    [Trait("Req", "SIZ-3")]
    public void The_stop_never_costs_more_than_the_risk() => Holds((request, result) =>
        request.Stop is not { } stop
        || ExactProduct.Of(result.Quantity.Value, Math.Abs(request.Entry.Value - stop.Value))
            <= ExactProduct.Of(Balance(request), request.RiskPerTrade));

    [Fact]
    [Trait("Req", "SIZ-1")]
    public void The_reason_is_the_smallest_limit_and_a_step_more_breaks_it() => Holds((request, result) =>
    {
        if (result.Quantity.IsZero) return true;
        var binding = Named(result);
        return result.Limits.Where(limit => limit.Name is not SizingReason.MinOrder)
                .All(limit => limit.Quantity >= binding.Quantity)
            && result.Quantity.Value + request.StepSize > binding.Quantity.Value
            && result.Quantity <= binding.Quantity;
    });

    [Fact]
    [Trait("Req", "SIZ-1")]
    public void Nothing_has_a_reason_of_its_own() => Holds((request, result) => !result.Quantity.IsZero
        || result.Reason is SizingReason.ZeroBalance or SizingReason.BelowStep or SizingReason.BelowMinOrder
        || Named(result).Quantity.IsZero);

    private static void Holds(Func<PositionSizingRequest, PositionSizingResult, bool> property)
    {
        var sized = 0;

        Prop.ForAll(SizingRequests.Any, request =>
        {
            var result = Sized(request);
            if (!result.Quantity.IsZero) sized++;
            return property(request, result);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

        // A sizer that always said nothing would hold every limit.
        Assert.True(sized > Cases / 10, $"only {sized} sizes");
    }

    private static PositionSizingResult Sized(PositionSizingRequest request)
    {
        Assert.True(PositionSizer.Size(request).TryGet(out var result, out var error), error?.Message);
        return result;
    }

    private static SizingLimit Named(PositionSizingResult result) =>
        result.Limits.First(limit => string.Equals(limit.Name, result.Reason, StringComparison.Ordinal));

    private static decimal Balance(PositionSizingRequest request) => Math.Max(0m, request.Available.Value);

    private static BigInteger Notional(PositionSizingRequest request, PositionSizingResult result) =>
        ExactProduct.Of(result.Quantity.Value, request.Entry.Value);
}

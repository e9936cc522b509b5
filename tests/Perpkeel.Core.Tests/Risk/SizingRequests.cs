using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Risk;

namespace Perpkeel.Core.Tests.Risk;

/// <summary>Random valid requests, from dust to fortunes, with steps that may exceed the size.</summary>
internal static class SizingRequests
{
    public static Arbitrary<PositionSizingRequest> Any { get; } =
        Valid().Where(request => Fits(request, request.Available)).ToArbitrary();

    /// <summary>A request and a balance that is not smaller, often by very little.</summary>
    public static Arbitrary<(PositionSizingRequest Request, Usd More)> WithMoreBalance { get; } =
        (from request in Valid()
         from more in Gen.OneOf(Gen.Constant(0m), Magnitude(-20, 0), Magnitude(-2, 10))
         select (Request: request, More: request.Available + new Usd(more)))
        .Where(pair => Fits(pair.Request, pair.More))
        .ToArbitrary();

    /// <summary>More base units than that, in steps of twelve decimals, do not fit into a decimal.</summary>
    private static bool Fits(PositionSizingRequest request, Usd balance) =>
        balance.Value * request.Leverage.Value / request.Entry.Value < 1e16m;

    private static Gen<PositionSizingRequest> Valid() =>
        from balance in Gen.Frequency(
            (1, Gen.Constant(0m)), (1, Magnitude(-4, 6).Select(value => -value)), (12, Magnitude(-8, 12)))
        from leverage in Gen.OneOf(Magnitude(-2, 2), Gen.Choose(1, 50).Select(value => (decimal)value))
        from entry in Magnitude(-9, 8)
        from side in Gen.Elements(Side.Buy, Side.Sell)
        from distance in Gen.OneOf(Gen.Constant(0m), Gen.Choose(1, 9_999).Select(value => value / 10_000m))
        from risk in Gen.Choose(0, 1_000).Select(value => value / 1_000m)
        from exposure in Gen.OneOf(Gen.Choose(1, 1_000).Select(value => value / 777m), Magnitude(-3, 2))
        from open in Gen.OneOf(Gen.Constant(0m), Magnitude(-4, 4))
        from orders in Orders()
        from step in Gen.OneOf(Step(-10, -3), Step(-8, 4), OddStep())
        select new PositionSizingRequest
        {
            Available = new Usd(balance),
            Leverage = new Leverage(leverage),
            Side = side,
            Entry = new Price(entry),
            Stop = distance == 0m ? null : new Price(entry * (1m - (side.Sign() * distance))),
            RiskPerTrade = risk,
            MaxExposure = exposure,
            OpenExposure = new Usd(open),
            MinOrder = orders.Min is { } min ? new Usd(min) : null,
            MaxOrder = orders.Max is { } max ? new Usd(max) : null,
            StepSize = step,
        };

    private static Gen<(decimal? Min, decimal? Max)> Orders() =>
        from min in Maybe(Magnitude(-3, 3))
        from room in Maybe(Magnitude(-3, 7))
        select (min, room.HasValue ? room + (min ?? 0m) : null);

    private static Gen<decimal?> Maybe(Gen<decimal> some) =>
        Gen.OneOf(Gen.Constant<decimal?>(null), some.Select<decimal, decimal?>(value => value));

    private static Gen<decimal> Step(int lowest, int highest) =>
        Gen.Choose(lowest, highest).Select(Decimals.PowerOfTen);

    private static Gen<decimal> OddStep() =>
        from digits in Gen.Choose(1, 999)
        from place in Step(-12, 2)
        select digits * place;

    /// <summary>Up to nine digits at a random place, so that quotients seldom come out even.</summary>
    private static Gen<decimal> Magnitude(int lowest, int highest) =>
        from digits in Gen.OneOf(
            Gen.Choose(1, 999_999_999), Gen.Choose(1, 9).Select(digit => digit * 100_000_000))
        from exponent in Gen.Choose(lowest, highest)
        select digits * Decimals.PowerOfTen(-8) * Decimals.PowerOfTen(exponent);
}

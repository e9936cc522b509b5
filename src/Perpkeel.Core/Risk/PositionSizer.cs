using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Risk;

/// <summary>
/// Sizes a new position: the largest multiple of the step within every limit. All sums are exact and rounded
/// once, down, so that no limit is exceeded even by the last digit, and more balance never gives less.
/// </summary>
public static class PositionSizer
{
    /// <summary>
    /// The size of a position, its reason and the limits behind it; refused where a value is invalid.
    /// </summary>
    /// <remarks>
    /// With balance B, which is not below zero: risk B * risk / |entry - stop|; exposure (B * max exposure -
    /// open) / entry; leverage B * leverage / entry; max-order and min-order notional / entry.
    /// </remarks>
    public static Result<PositionSizingResult, SizingError> Size(PositionSizingRequest request)
    {
        if (request.Fault() is { } error) return error;

        var caps = Caps(request);
        var binding = caps[0];
        foreach (var cap in caps)
        {
            if (cap.Quantity.IsBelow(binding.Quantity)) binding = cap;
        }

        var floored = binding.Quantity.FloorToMultiple(Ratio.Of(request.StepSize));
        var notional = floored * Ratio.Of(request.Entry.Value);
        if (!floored.TryExactly(out var quantity)) return new SizingError.OutOfRange("quantity");
        if (!notional.TryRoundDown(out _)) return new SizingError.OutOfRange("notional");

        var nothing = ReasonForNothing(request, binding, quantity, notional);
        var limits = new List<SizingLimit>();
        var isBelowStep = quantity == 0m && !binding.Quantity.IsZero;
        foreach (var limit in Considered(request, caps, isBelowStep))
        {
            _ = limit.Quantity.TryRoundDown(out var allowed);
            limits.Add(new SizingLimit(limit.Name, new Size(allowed), limit.Value));
        }

        return new PositionSizingResult(
            nothing is null ? new Size(quantity) : Numbers.Size.Zero,
            request.Entry,
            nothing ?? binding.Name,
            limits.AsReadOnly());
    }

    private static string? ReasonForNothing(
        PositionSizingRequest request, in Limit binding, decimal quantity, Ratio notional)
    {
        if (request.Available <= Usd.Zero) return SizingReason.ZeroBalance;
        if (binding.Quantity.IsZero) return binding.Name;
        if (quantity == 0m) return SizingReason.BelowStep;
        return request.MinOrder is { } min && notional.IsBelow(Ratio.Of(min.Value))
            ? SizingReason.BelowMinOrder
            : null;
    }

    private static List<Limit> Caps(PositionSizingRequest request)
    {
        var available = Usd.Max(request.Available, Usd.Zero).Value;
        var balance = Ratio.Of(available);
        var entry = Ratio.Of(request.Entry.Value);
        var caps = new List<Limit>();
        if (request.Stop is { } stop)
        {
            var distance = (entry - Ratio.Of(stop.Value)).Abs();
            caps.Add(new Limit(
                SizingReason.Risk,
                balance * Ratio.Of(request.RiskPerTrade) / distance,
                $"{T(available)} * {T(request.RiskPerTrade)} / |{request.Entry} - {stop}|"));
        }

        var exposure = (balance * Ratio.Of(request.MaxExposure)) - Ratio.Of(request.OpenExposure.Value);
        caps.Add(new Limit(
            SizingReason.Exposure,
            exposure.OrZeroIfNegative() / entry,
            $"({T(available)} * {T(request.MaxExposure)} - {request.OpenExposure}) / {request.Entry}"));
        caps.Add(new Limit(
            SizingReason.Leverage,
            balance * Ratio.Of(request.Leverage.Value) / entry,
            $"{T(available)} * {T(request.Leverage.Value)} / {request.Entry}"));
        if (request.MaxOrder is { } max) caps.Add(OrderLimit(SizingReason.MaxOrder, max, request.Entry));
        return caps;
    }

    private static List<Limit> Considered(PositionSizingRequest request, List<Limit> caps, bool isBelowStep)
    {
        List<Limit> all = [.. caps];
        if (request.MinOrder is { } min) all.Add(OrderLimit(SizingReason.MinOrder, min, request.Entry));
        if (isBelowStep)
            all.Add(new Limit(SizingReason.Step, Ratio.Of(request.StepSize), T(request.StepSize)));
        return all;
    }

    private static Limit OrderLimit(string name, Usd notional, Price entry) =>
        new(name, Ratio.Of(notional.Value) / Ratio.Of(entry.Value), $"{notional} / {entry}");

    private static string T(decimal value) => Decimals.Text(value);

    private readonly record struct Limit(string Name, Ratio Quantity, string Value);
}

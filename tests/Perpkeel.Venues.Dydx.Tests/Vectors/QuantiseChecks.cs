using System.Globalization;
using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Orders;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Vectors;

/// <summary>
/// Sizes and prices as integers. Where the official client raises to the smallest step or tick, ours refuses,
/// with the code that says so.
/// </summary>
internal static class QuantiseChecks
{
    public static void Check(VectorCase vector)
    {
        var grid = Grid(vector.Inputs);
        if (vector.Inputs.TryGetProperty("size", out var size))
        {
            var quantised = grid.QuantumsOf(new Size(Number(size)));
            if (Number(size) < grid.StepSize) Assert.Equal("size-below-step", quantised.Error().Code);
            else Assert.Equal(vector.Expects("quantums"), Text(quantised.Value()));
        }

        if (vector.Inputs.TryGetProperty("price", out var price))
        {
            // The official client rounds down for both sides, as ours does for a buy.
            var quantised = grid.LimitOf(Side.Buy, new Price(Number(price)));
            if (Number(price) < grid.TickSize) Assert.Equal("price-below-tick", quantised.Error().Code);
            else Assert.Equal(vector.Expects("subticks"), Text(quantised.Value()));
        }
    }

    public static OrderGrid Grid(JsonElement market) => new()
    {
        ClobPairId = market.GetProperty("clobPairId").GetUInt32(),
        AtomicResolution = market.GetProperty("atomicResolution").GetInt32(),
        QuantumConversionExponent = market.GetProperty("quantumConversionExponent").GetInt32(),
        StepBaseQuantums = market.GetProperty("stepBaseQuantums").GetUInt64(),
        SubticksPerTick = market.GetProperty("subticksPerTick").GetUInt32(),
    };

    public static decimal Number(JsonElement text) =>
        decimal.Parse(text.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}

using System.Numerics;
using System.Text.Json;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger.Vectors;

/// <summary>Checks of the ledger against recorded vectors of the chain's own tests.</summary>
internal static class VectorCheck
{
    /// <summary>
    /// Every vector of a kind that a ledger can hold passes; without a file, or without the kind in it, it is
    /// skipped.
    /// </summary>
    public static void Check(string kind, Action<JsonElement> check)
    {
        var vectors = ChainVectors.OfKind(kind);
        Assert.SkipWhen(vectors.Count == 0, $"Vectors: needs some of kind {kind} in {ChainVectors.File}.");

        Assert.All(vectors.Where(vector => IsHeld(vector.Input())), check);
    }

    /// <summary>
    /// Positions and prices of a ledger have 64 bits, and no position has USDC of its own; the unbounded
    /// model of the core takes the vectors that go beyond.
    /// </summary>
    private static bool IsHeld(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(each => IsHeld(each)),
        JsonValueKind.Array => value.EnumerateArray().All(each => IsHeld(each)),
        _ => true,
    };

    private static bool IsHeld(JsonProperty property) => property.Name switch
    {
        "quantums" or "quantumsDelta" or "deltaQuantums" or "positionQuantums" or "openInterest" or "price"
            or "fillAmount" or "subticks" => BigInteger.Abs(property.Value.Whole()) < long.MaxValue / 4,
        "quoteBalance" or "quoteBalanceDelta" => property.Value.Whole().IsZero,
        _ => IsHeld(property.Value),
    };
}

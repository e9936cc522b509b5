using System.Text.Json;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>Checks against recorded vectors.</summary>
internal static class VectorCheck
{
    /// <summary>
    /// Every vector of a kind passes; without a file, or without the kind in it, it is skipped.
    /// </summary>
    public static void Check(string kind, Action<JsonElement> check)
    {
        var vectors = ChainVectors.OfKind(kind);
        Assert.SkipWhen(vectors.Count == 0, $"Vectors: needs some of kind {kind} in {ChainVectors.File}.");

        Assert.All(vectors, check);
    }

    public static IReadOnlyList<JsonElement> All()
    {
        var vectors = ChainVectors.Read();
        Assert.SkipWhen(vectors is null, $"Vectors: needs {ChainVectors.File}.");
        return vectors;
    }

    /// <summary>A result is what the vector expects: its value, or its error by the chain's name.</summary>
    public static void Expect<T>(this JsonElement vector, Result<T, ChainError> result, Action<T> check)
        where T : notnull
    {
        var isGood = result.TryGet(out var value, out var error);
        Assert.Equal(vector.ErrorCode(), error?.Code);
        if (isGood) check(value!);
    }
}

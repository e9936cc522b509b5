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
    /// Every vector of the running test's <see cref="VectorKindAttribute.Kind"/> passes; without a file or
    /// without the kind the test is skipped.
    /// </summary>
    public static void Check(Action<JsonElement> check) => Check(_ => true, check);

    /// <summary>As above, for those of the kind that are asked for.</summary>
    public static void Check(Func<JsonElement, bool> isAsked, Action<JsonElement> check)
    {
        var kind = VectorKindAttribute.OfRunningTest();
        var vectors = ChainVectors.OfKind(kind).Where(isAsked).ToList();
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

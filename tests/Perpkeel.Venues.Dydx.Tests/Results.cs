using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests;

internal static class Results
{
    /// <summary>The value, or a failed test that tells the error.</summary>
    public static T Value<T, TError>(this Result<T, TError> result)
        where T : notnull
        where TError : notnull
    {
        if (result.TryGet(out var value, out var error)) return value;
        Assert.Fail($"Refused: {error}");
        return default!;
    }

    /// <summary>The error, or a failed test that tells the value.</summary>
    public static TError Error<T, TError>(this Result<T, TError> result)
        where T : notnull
        where TError : notnull
    {
        if (!result.TryGet(out var value, out var error)) return error;
        Assert.Fail($"Not refused: {value}");
        return default!;
    }
}

using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx;

/// <summary>Results that must be good or bad.</summary>
internal static class Expect
{
    public static T Good<T, TError>(Result<T, TError> result)
        where T : notnull
        where TError : notnull
    {
        Assert.True(result.TryGet(out var value, out var error), error?.ToString());
        return value!;
    }

    public static TError Bad<T, TError>(Result<T, TError> result)
        where T : notnull
        where TError : notnull
    {
        Assert.False(result.TryGet(out var value, out var error), value?.ToString());
        return error!;
    }
}

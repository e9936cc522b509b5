using Perpkeel.Core.Numbers;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Runtime.Tests.Accounts;

/// <summary>What came of a question.</summary>
internal static class Outcome
{
    /// <summary>That of a question that has been answered.</summary>
    public static Result<T, AccountError> Of<T>(Task<Result<T, AccountError>> asked)
        where T : notnull
    {
        Assert.True(asked.IsCompleted, "The answer is not there yet.");
        return asked.GetAwaiter().GetResult();
    }

    public static T Value<T>(this Result<T, AccountError> result)
        where T : notnull
    {
        Assert.True(result.TryGet(out var value, out var error), error?.ToString());
        return value!;
    }

    public static AccountError Error<T>(this Result<T, AccountError> result)
        where T : notnull
    {
        Assert.False(result.TryGet(out _, out var error));
        return error;
    }
}

using System.Collections.Frozen;
using System.Reflection;
using Xunit;
using Xunit.v3;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>
/// The kind of vectors that a test checks. Nothing else names it: the test reads its vectors by it, and what
/// kinds have a test is collected from it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VectorKindAttribute(string kind) : Attribute
{
    /// <summary>As the file of vectors has it.</summary>
    public string Kind { get; } = kind;

    /// <summary>The kind of the test that runs now.</summary>
    public static string OfRunningTest()
    {
        var method = (TestContext.Current.TestMethod as IXunitTestMethod)?.Method;
        var kind = method?.GetCustomAttribute<VectorKindAttribute>()?.Kind;
        Assert.True(kind is not null, $"{method?.Name} reads vectors and does not say of which kind.");
        return kind;
    }

    /// <summary>The kinds of all tests that are run.</summary>
    public static FrozenSet<string> OfAllTests() => typeof(VectorKindAttribute).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null })
        .Select(method => method.GetCustomAttribute<VectorKindAttribute>()?.Kind)
        .OfType<string>()
        .ToFrozenSet(StringComparer.Ordinal);
}

using Perpkeel.Venues.Dydx.Curve;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Curve;

/// <summary>Both implementations of the curve, by name, so that a test runs once with each.</summary>
public static class Curves
{
    public const string Native = "libsecp256k1";
    public const string Platform = "platform";

    public static TheoryData<string> Names { get; } = new(Native, Platform);

    /// <summary>Opens one; where the library is not installed, the test is skipped.</summary>
    public static ISecp256k1 Open(string name)
    {
        if (string.Equals(name, Platform, StringComparison.Ordinal)) return PlatformSecp256k1.Open();
        Assert.SkipUnless(NativeSecp256k1.TryOpen(out var native), "Secp256k1: needs libsecp256k1.");
        return native;
    }
}

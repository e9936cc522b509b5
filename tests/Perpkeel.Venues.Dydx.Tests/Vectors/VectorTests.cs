using Perpkeel.Venues.Dydx.Tests.Curve;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Vectors;

/// <summary>What the official client made of the same inputs, with both curves.</summary>
[Trait("Req", "VEN-1")]
public sealed class VectorTests
{
    private static readonly Lazy<IReadOnlyList<VectorCase>> Known = new(() => VectorCase.In(VectorCase.Here));

    /// <summary>The cases that came with these tests, each with both curves.</summary>
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var vector in Known.Value.Where(VectorChecks.Knows))
        {
            data.Add(vector.Name, Curves.Native);
            data.Add(vector.Name, Curves.Platform);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_what_the_official_client_made(string name, string curve)
    {
        using var opened = Curves.Open(curve);
        var vector = Known.Value.Single(
            known => string.Equals(known.Name, name, StringComparison.Ordinal));

        VectorChecks.Check(vector, opened);
    }

    [Theory]
    [MemberData(nameof(Curves.Names), MemberType = typeof(Curves))]
    public void A_transaction_of_the_official_client_is_read_and_signed_alike(string curve)
    {
        using var opened = Curves.Open(curve);

        Assert.All(VectorCase.SignedIn(VectorCase.Here), file => TxChecks.CheckSigned(file, opened));
    }

    /// <summary>The same for any other file of this shape.</summary>
    [Theory]
    [InlineData(Curves.Native)]
    [InlineData(Curves.Platform)]
    [Trait("Category", "Vectors")]
    public void So_are_the_cases_of_another_folder(string curve)
    {
        Assert.SkipUnless(
            Directory.Exists(VectorCase.Elsewhere), $"Vectors: needs files in {VectorCase.Elsewhere}.");
        using var opened = Curves.Open(curve);
        var faults = new List<string>();
        foreach (var vector in VectorCase.In(VectorCase.Elsewhere).Where(VectorChecks.Knows))
        {
            if (Record.Exception(() => VectorChecks.Check(vector, opened)) is { } fault)
            {
                faults.Add($"{vector.Name}: {fault.Message}");
            }
        }

        Assert.Empty(faults);
        Assert.All(VectorCase.SignedIn(VectorCase.Elsewhere), file => TxChecks.CheckSigned(file, opened));
    }
}

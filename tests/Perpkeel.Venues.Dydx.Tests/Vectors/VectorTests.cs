using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
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
        foreach (var vector in Known.Value)
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

        VectorChecks.Check(Find(name), opened);
    }

    /// <summary>
    /// The official client raises what is below the smallest step or tick; ours refuses both, by name.
    /// </summary>
    [Theory]
    [InlineData("quantise/BTC-USD-size-0.00000001", "size", "size-below-step")]
    [InlineData("quantise/BTC-USD-price-0.4", "price", "price-below-tick")]
    public void What_the_official_client_raises_is_refused(string name, string given, string code)
    {
        var vector = Find(name);
        var grid = QuantiseChecks.Grid(vector.Inputs);
        var value = QuantiseChecks.Number(vector.Inputs.GetProperty(given));

        var refused = string.Equals(given, "size", StringComparison.Ordinal)
            ? grid.QuantumsOf(new Size(value)).Error()
            : grid.LimitOf(Side.Buy, new Price(value)).Error();

        Assert.Equal(code, refused.Code);
        Assert.Contains(Decimals.Text(value), refused.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// No case that came with these tests is checked by half: each can be asked for as a trader would.
    /// </summary>
    [Fact]
    public void Every_case_goes_the_whole_way()
    {
        Assert.All(
            Known.Value.Where(vector => IsOf(vector, "place-order")),
            vector => Assert.NotNull(OrderChecks.Asked(vector)));
        Assert.All(
            Known.Value.Where(vector => IsOf(vector, "cancel-order", "batch-cancel", "msg")
                && vector.Inputs.TryGetProperty("typeUrl", out _)),
            vector => Assert.NotNull(RequestChecks.Asked(vector, MessageChecks.Message(vector))));
        Assert.All(
            Known.Value.Where(vector => IsOf(vector, "indexer-id")),
            vector => Assert.NotNull(IndexerIdChecks.Asked(vector)));
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
        var vectors = VectorCase.In(VectorCase.Elsewhere);
        var signed = VectorCase.SignedIn(VectorCase.Elsewhere);
        Assert.SkipWhen(
            vectors.Count + signed.Count == 0, $"Vectors: needs cases in {VectorCase.Elsewhere}.");
        using var opened = Curves.Open(curve);
        var faults = new List<string>();
        foreach (var vector in vectors)
        {
            if (Record.Exception(() => VectorChecks.Check(vector, opened)) is { } fault)
            {
                faults.Add($"{vector.Name}: {fault.Message}");
            }
        }

        Assert.Empty(faults);
        Assert.All(signed, file => TxChecks.CheckSigned(file, opened));
    }

    private static VectorCase Find(string name) =>
        Known.Value.Single(known => string.Equals(known.Name, name, StringComparison.Ordinal));

    private static bool IsOf(VectorCase vector, params string[] categories) =>
        categories.Contains(vector.Category, StringComparer.Ordinal);
}

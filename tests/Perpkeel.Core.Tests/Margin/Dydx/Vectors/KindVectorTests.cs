using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>No kind of vector drops out unseen.</summary>
[Trait("Req", "MAR-11")]
public sealed class KindVectorTests
{
    /// <summary>What kinds about margin begin with; the others belong to other parts.</summary>
    private static readonly string[] Families =
    [
        "account", "deleveraging", "fees", "funding", "liquidation", "margin", "oi", "quantums", "risk",
        "ui.account", "ui.market",
    ];

    [Fact]
    [Trait("Category", "Vectors")]
    public void Every_kind_that_is_about_margin_has_its_test()
    {
        var kinds = VectorCheck.All().Select(vector => vector.GetProperty("kind").GetString()!)
            .Where(IsAboutMargin).ToHashSet(StringComparer.Ordinal);

        kinds.ExceptWith(VectorKindAttribute.OfAllTests());

        Assert.Empty(kinds);
    }

    [Fact]
    public void Every_test_of_vectors_names_a_kind_that_is_about_margin()
    {
        var kinds = VectorKindAttribute.OfAllTests();

        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind => Assert.True(IsAboutMargin(kind), kind));
    }

    private static bool IsAboutMargin(string kind) =>
        Families.Any(family => kind.StartsWith(family + ".", StringComparison.Ordinal));
}

using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Tiered;

/// <summary>The mathematics as they are written down.</summary>
[Trait("Req", "MAR-12")]
public sealed class MarginDocumentTests
{
    private const string Document = "docs/math/margin.md";

    [Fact]
    public void Every_number_of_the_document_is_made_by_the_calculator() =>
        Assert.Empty(ExecutedDocument.Read(Document).Check(MarginDocumentBlocks.All()));

    /// <summary>What the document claims of its functions, at every floor of every sample table.</summary>
    [Fact]
    public void Notional_less_and_plus_margin_rise_from_floor_to_floor()
    {
        Assert.All(SampleTables.Shipped(), table =>
        {
            var oracle = new OracleTable(table.Value);
            for (var i = 1; i < oracle.Count; i++)
            {
                var (before, floor) = (oracle.Floor(i - 1), oracle.Floor(i));
                Assert.True(before - oracle.Maintenance(before) < floor - oracle.Maintenance(floor));
                Assert.True(before + oracle.Maintenance(before) < floor + oracle.Maintenance(floor));
            }
        });
    }
}

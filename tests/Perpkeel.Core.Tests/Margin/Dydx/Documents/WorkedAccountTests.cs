using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Documents;

/// <summary>The account that is worked through in the document.</summary>
[Trait("Req", "MAR-11")]
public sealed class WorkedAccountTests
{
    private const string Document = "docs/math/dydx-margin.md";

    [Fact]
    public void Every_figure_of_the_document_is_what_the_model_says() =>
        Assert.Empty(ExecutedDocument.Read(Document).Check(WorkedAccount.Blocks()));
}

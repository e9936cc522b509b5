using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Accounts;

[Trait("Req", "DOC-1")]
[Trait("Req", "CLI-1")]
public sealed class GuideTests(TradedFolder traded) : IClassFixture<TradedFolder>
{
    private const string Guide = "docs/guides/operating.md";
    private const string Program = "./perpkeel ";
    private const string Mark = "<!-- executed: ";

    /// <summary>Each block is what the command above it tells of a run that has stopped.</summary>
    [Fact]
    public async Task The_guide_shows_what_its_commands_answer()
    {
        var document = ExecutedDocument.Read(Guide);
        var written = document.Text;
        var blocks = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var command = "";
        foreach (var line in written.Split('\n'))
        {
            if (line.StartsWith(Program, StringComparison.Ordinal)) command = line[Program.Length..];
            if (!line.StartsWith(Mark, StringComparison.Ordinal)) continue;
            var told = await RunAsync([.. command.Split(' '), "--data", traded.Path]);
            Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
            blocks[line[Mark.Length..].Split(' ')[0]] = told.Out.TrimEnd('\n').Split('\n');
        }

        document.Fill(blocks);

        Assert.Equal(4, blocks.Count);
        if (ExecutedDocument.IsUpdate) await WriteAsync(document.Text);
        else Assert.Equal(document.Text, written);
    }

    private static Task WriteAsync(string text) => File.WriteAllTextAsync(
        Path.Combine(RepositoryRoot.Find(), Guide), text, TestContext.Current.CancellationToken);
}

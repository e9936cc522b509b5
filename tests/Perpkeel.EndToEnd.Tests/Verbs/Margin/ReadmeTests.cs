using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Verbs.Margin;

[Trait("Req", "DOC-1")]
[Trait("Req", "MAR-8")]
public sealed class ReadmeTests
{
    private const string File = "README.md";
    private const string Program = "./perpkeel ";
    private const string Block = "margin-explain";

    /// <summary>The command above the block, and the part of its answer that stands in it.</summary>
    [Fact]
    public async Task The_readme_shows_what_its_command_answers()
    {
        var document = ExecutedDocument.Read(File);
        var written = document.Text;
        var lines = written.Split('\n');
        var mark = Array.IndexOf(lines, $"<!-- executed: {Block} -->");
        Assert.True(mark > 0, $"The block {Block} is missing.");
        var command = lines[..mark].Last(line => line.StartsWith(Program, StringComparison.Ordinal));

        var told = await RunAsync(command[Program.Length..].Split(' '));
        var part = told.Out.Split('\n')
            .SkipWhile(line => !line.StartsWith("Liquidation price", StringComparison.Ordinal))
            .TakeWhile(line => line.Length > 0).ToList();
        document.Fill(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            [Block] = part,
        });

        Assert.Equal(ExitCode.Ok, told.Code);
        Assert.NotEmpty(part);
        if (ExecutedDocument.IsUpdate) await WriteAsync(document.Text);
        else Assert.Equal(written, document.Text);
    }

    private static Task WriteAsync(string text) => System.IO.File.WriteAllTextAsync(
        Path.Combine(RepositoryRoot.Find(), File), text, TestContext.Current.CancellationToken);
}

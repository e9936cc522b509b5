using System.Text.Json;
using Perpkeel.Cli.Configuration;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Storage.Tiers;

namespace Perpkeel.Cli.Margin;

/// <summary>Carries out <c>perpkeel margin validate</c>.</summary>
internal sealed class ValidateCommand(Surroundings surroundings)
{
    /// <summary>Checks the files; gives the exit code: failed when one of them is not sound.</summary>
    public int Execute(IReadOnlyList<string> files, bool json)
    {
        var answers = new List<FileAnswer>();
        foreach (var file in files)
        {
            var read = TierFile.Read(file).TryGet(out var book, out var refusal)
                ? FileAnswer.Of(file, book)
                : FileAnswer.Of(file, refusal);
            answers.Add(read);
            if (json) continue;
            if (refusal is not null) surroundings.Complain(refusal.Findings.Select(one => one.ToString()));
            else surroundings.Out.WriteLine($"{Quoting.WithoutControls(file)}: {read.InWords}");
        }

        if (json)
        {
            surroundings.Out.WriteLine(JsonSerializer.Serialize(
                new ValidateAnswer(answers.TrueForAll(answer => answer.IsSound), answers),
                MarginJson.Default.ValidateAnswer));
        }

        return answers.TrueForAll(answer => answer.IsSound) ? ExitCode.Ok : ExitCode.Failed;
    }
}

/// <summary>What was found in files of tiers, for programs.</summary>
internal sealed record ValidateAnswer(bool IsSound, IReadOnlyList<FileAnswer> Files);

/// <summary>What was found in one file.</summary>
internal sealed record FileAnswer(
    string File, bool IsSound, string? Source, int Symbols, int Tables, int Tiers, string InWords,
    IReadOnlyList<FindingAnswer> Findings)
{
    /// <summary>A sound file.</summary>
    public static FileAnswer Of(string file, TierBook book)
    {
        var source = TierChoice.SourceOf(book);
        var tiers = 0;
        foreach (var symbol in book.Symbols)
        {
            _ = book.TryFind(symbol, out var found);
            tiers += found!.Table.Tiers.Length;
        }

        return new FileAnswer(
            file, true, source, book.Symbols.Count, book.TableCount, tiers,
            $"ok, {source}: {Count(book.Symbols.Count, "symbol")}, {Count(tiers, "tier")}, "
            + $"{Count(book.TableCount, "different table")}",
            []);
    }

    /// <summary>A file that was refused.</summary>
    public static FileAnswer Of(string file, TierFileRefusal refusal) => new(
        file, false, null, 0, 0, 0, Count(refusal.Findings.Count, "finding"),
        [.. refusal.Findings.Select(finding => new FindingAnswer(
            finding.Place.Line, finding.Place.Column, finding.Symbol, finding.Tier, finding.Code,
            finding.What,
            finding.Mend))]);

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}

/// <summary>One thing wrong, for programs; line and column are 0 for the whole file.</summary>
internal sealed record FindingAnswer(
    long Line, long Column, string Symbol, int Tier, string Code, string What, string Mend);

using System.Text.Json;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Preview;

namespace Perpkeel.Cli.Margin;

/// <summary>Carries out <c>perpkeel margin preview</c>.</summary>
internal sealed class PreviewCommand(Surroundings surroundings)
{
    /// <summary>Reckons the changes and tells; gives the exit code.</summary>
    public int Execute(AccountLines lines, string? tiers, bool json)
    {
        if (!TierChoice.Open(tiers).TryGet(out var book, out var wrong)) return Fail(wrong, ExitCode.Failed);
        if (!PreviewRequest.Of(lines, book).TryGet(out var request, out wrong))
        {
            return Fail(wrong, ExitCode.Usage);
        }

        var applied = MarginPreview.Apply(request.Account, book, request.Changes);
        if (!applied.TryGet(out var preview, out var fault))
        {
            var what = fault.Change == 0
                ? fault.Fault.Message
                : $"{request.Changes[fault.Change - 1].Summary}: {fault.Fault.Message}";
            return Fail(UserError.Of(what), ExitCode.Usage);
        }

        if (json)
        {
            surroundings.Out.WriteLine(JsonSerializer.Serialize(
                PreviewAnswer.Of(preview, TierChoice.SourceOf(book)), MarginJson.Default.PreviewAnswer));
        }
        else
        {
            Tell(preview, TierChoice.SourceOf(book));
        }

        return ExitCode.Ok;
    }

    private void Tell(MarginPreview preview, string source)
    {
        var shown = PreviewTable.Of(preview);
        foreach (var change in shown.Changes) surroundings.Out.WriteLine(change);
        if (shown.Changes.Length > 0) surroundings.Out.WriteLine();
        var table = new TextTable("<", "before", "after", "change");
        var of = string.Empty;
        foreach (var row in shown.Rows)
        {
            if (!of.Equals(row.Of, StringComparison.Ordinal)) table.Add(isMarked: false, row.Of, "", "", "");
            of = row.Of;
            table.Add(isMarked: false, "  " + row.What, row.Before, row.After, row.Change);
        }

        table.Write(surroundings);
        surroundings.Out.WriteLine();
        foreach (var verdict in shown.Verdict) surroundings.Out.WriteLine(verdict);
        surroundings.Out.WriteLine($"Tiers: {source}.");
    }

    private int Fail(UserError error, int code)
    {
        surroundings.Complain(error.Lines);
        return code;
    }
}

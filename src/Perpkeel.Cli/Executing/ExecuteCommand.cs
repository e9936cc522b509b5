using System.Text.Json;
using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Control.Handlers;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Execution;
using Perpkeel.Runtime.Execution;

namespace Perpkeel.Cli.Executing;

/// <summary>Carries out <c>perpkeel execute</c>.</summary>
internal sealed class ExecuteCommand(Surroundings world)
{
    private readonly RunAsk _run = new(world);

    /// <summary>Sends the signal and tells what became of it; gives the exit code.</summary>
    public async Task<int> ExecuteAsync(
        ExecuteQuestion question, string? data, bool json, CancellationToken cancellation)
    {
        var asked = await _run.AskAsync(
            data, ExecuteHandler.Name,
            JsonSerializer.SerializeToElement(question, ExecutingJson.Default.ExecuteQuestion),
            ExecutingJson.Default.ExecuteAnswer, RunAsk.Patience, cancellation);
        if (!asked.TryGet(out var answer, out var failure))
        {
            return _run.Fail(failure.IsNobodyThere
                ? UserError.Of(
                    $"{failure.Error.Lines[0]} Orders go out through a running account only: start "
                    + "perpkeel run.")
                : failure.Error);
        }

        if (json) world.Tell(JsonSerializer.Serialize(answer, ExecutingJson.Default.ExecuteAnswer));
        else Tell(answer);
        if (answer.IsSuccess) return ExitCode.Ok;
        return answer.Outcome is ExecutionWords.Unanswered ? ExitCode.OutcomeUnknown : ExitCode.Failed;
    }

    private void Tell(ExecuteAnswer answer)
    {
        world.Tell(answer.Head.ToString());
        world.Tell("");
        var title = answer.IsDryRun ? "nothing was sent" : answer.IsRepeat ? "known already" : "signal";
        NamedRows.Write(world.Out,
        [
            (title, $"{answer.Signal}: {answer.Action} {answer.Market}, {answer.Outcome}"),
            .. Rows(answer),
        ]);
        if (answer.Steps.Count > 0)
        {
            world.Tell("");
            var table = new TextTable("<step", "<looked at", "<came out");
            foreach (var step in answer.Steps) Add(table, step);
            table.Write(world);
        }

        if (answer.Error is not { } error) return;
        world.Tell("");
        world.Tell($"{error.Code}: {error.Message}");
        world.Tell(error.Mend);
    }

    /// <summary>A step that looked at several things has a row for each of them.</summary>
    private static void Add(TextTable table, TraceStep step)
    {
        var name = step.Name;
        var parts = step.Input.Split("; ");
        for (var i = 0; i < parts.Length; i++)
        {
            var words = parts[i].Split(' ', 3);
            var shown = words.Length == 3 && words[2].StartsWith('=')
                ? $"{words[0]} {Words.Shown(words[1])} {words[2]}"
                : parts[i];
            table.Add(isMarked: false, name, shown, i == parts.Length - 1 ? step.Outcome : "");
            name = "";
        }
    }

    private static IEnumerable<(string Name, string Value)> Rows(ExecuteAnswer answer)
    {
        if (answer.Planned is { } planned)
        {
            yield return ("plan", answer.Bracket > 0 ? $"{planned}, bracket b{answer.Bracket}" : planned);
        }

        if (answer.EntryLimit is { } limit) yield return ("entry", $"at {limit} at worst");
        if (answer.Stop is { } stop) yield return ("stop", stop);
        if (answer.Target is { } target) yield return ("target", target);
        if (answer.Filled is not { } filled) yield break;
        var slippage = answer.SlippagePercent is { } percent ? $", slippage {percent} %" : "";
        yield return ("filled", $"{filled} at {answer.AveragePrice}{slippage}");
        yield return ("fees", $"{MoneyText.Of(answer.Fees ?? "0")} USD");
        yield return ("took", $"{answer.TookMs} ms of market time");
    }
}

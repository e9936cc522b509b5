using System.Text.Json;
using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Control.Handlers;
using Perpkeel.Cli.Running;
using Perpkeel.Cli.Verbs;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Executing;

/// <summary>
/// Carries out <c>perpkeel stop</c>, <c>resume</c>, <c>flatten</c> and <c>switch</c>, for one account or all.
/// </summary>
internal sealed class UserCommand(Surroundings world)
{
    private readonly RunAsk _run = new(world);

    /// <summary>Whose accounts, and whether the person is to be asked first.</summary>
    /// <param name="Data">The folder as the user named it; null for the only one.</param>
    /// <param name="IsAll">Whether all folders are meant.</param>
    /// <param name="IsYes">Whether the person has agreed already.</param>
    /// <param name="IsJson">Whether one JSON object a line is told.</param>
    internal sealed record Scope(string? Data, bool IsAll, bool IsYes, bool IsJson);

    /// <summary>Asks the person where needed, then each account; gives the exit code.</summary>
    public async Task<int> ExecuteAsync(
        string kind, UserQuestion question, Scope scope, CancellationToken cancellation)
    {
        if (!FoldersOf(scope).TryGet(out var folders, out var wrong)) return _run.Fail(wrong);
        if (!scope.IsYes && Confirm(kind, folders) is { } refusal) return _run.Fail(refusal);
        var code = ExitCode.Ok;
        var all = folders.Select(folder => AskAsync(folder, kind, question, cancellation)).ToList();
        foreach (var (folder, asking) in folders.Zip(all))
        {
            var asked = await asking;
            if (asked.TryGet(out var answer, out wrong)) Tell(answer, folder, scope.IsJson);
            else code = _run.Fail(wrong);
        }

        return code;
    }

    private async Task<Result<UserAnswer, UserError>> AskAsync(
        string folder, string kind, UserQuestion question, CancellationToken cancellation)
    {
        var asked = await _run.AskAsync(
            folder, kind, JsonSerializer.SerializeToElement(question, ExecutingJson.Default.UserQuestion),
            ExecutingJson.Default.UserAnswer, RunAsk.Short, cancellation);
        if (asked.TryGet(out var answer, out var failure)) return answer;
        if (!failure.IsNobodyThere) return failure.Error;
        return kind is UserHandler.Flatten
            ? UserError.Of(
                $"{folder}: no run is there, and only a run can close positions. Start it with "
                + $"perpkeel run --data {folder} --halted, then flatten.")
            : StoppedAccount.Change(folder, kind, question);
    }

    private static Result<IReadOnlyList<string>, UserError> FoldersOf(Scope scope)
    {
        if (scope.IsAll) return Folders.All();
        return Folders.Find(scope.Data).TryGet(out var folder, out var wrong)
            ? Result<IReadOnlyList<string>, UserError>.Ok([folder])
            : wrong;
    }

    /// <summary>Null when the person agrees.</summary>
    private UserError? Confirm(string kind, IReadOnlyList<string> folders)
    {
        if (kind is UserHandler.Resume or UserHandler.Switch) return null;
        if (!world.HasTerminal)
        {
            return UserError.Of($"{kind} asks before it acts, and nobody is there to ask. Add --yes.");
        }

        var what = kind is UserHandler.Flatten
            ? "stop new risk and close every position of"
            : "stop new risk of";
        world.Out.Write($"{kind}: {what} {string.Join(", ", folders)}? Type yes: ");
        world.Out.Flush();
        return world.In.ReadLine()?.Trim() is "yes" ? null : UserError.Of("Not confirmed: nothing was done.");
    }

    private void Tell(UserAnswer answer, string folder, bool isJson)
    {
        if (isJson)
        {
            world.Tell(JsonSerializer.Serialize(answer, ExecutingJson.Default.UserAnswer));
            return;
        }

        world.Tell($"{answer.Head} ({folder})");
        world.Tell(answer is { IsStopped: true, Since: { } since }
            ? $"new risk is stopped by {answer.StoppedBy} since {Words.Time(since)}: {answer.Reason}"
            : "new risk is taken");
        var off = string.Join(", ", answer.SwitchedOff);
        if (off.Length > 0) world.Tell($"switched off: {off}");
        if (answer.Closing.Count > 0) world.Tell($"being closed: {string.Join(", ", answer.Closing)}");
        if (answer.Held.Count > 0) world.Tell($"held and protected: {string.Join(", ", answer.Held)}");
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Perpkeel.Cli.Control;
using Perpkeel.Cli.Running;
using Perpkeel.Cli.Verbs;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Executing;

/// <summary>Asks the run of a folder for what only a run can do.</summary>
internal sealed class RunAsk(Surroundings world)
{
    /// <summary>An outcome may take as long as the run waits for it.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(65);

    /// <summary>What a person wants of an account as a whole is done at once.</summary>
    public static TimeSpan Short => TimeSpan.FromSeconds(10);

    /// <summary>The answer; what is wrong where nobody runs, or the run says no.</summary>
    public async Task<Result<T, UserError>> AskAsync<T>(
        string? data, string kind, JsonElement arguments, JsonTypeInfo<T> type, string mend,
        CancellationToken cancellation, TimeSpan? patience = null)
        where T : class
    {
        if (!Folders.Find(data).TryGet(out var folder, out var wrong)) return wrong;
        var asked = await new ControlClient(world.Wall)
            .AskAsync(folder, kind, arguments, patience ?? Patience, cancellation);
        if (!asked.TryGet(out var answer, out var silence))
        {
            return silence is ControlSilence.NoAnswer no
                ? UserError.Of($"{no.Why} What was asked may have been done: look with perpkeel orders.")
                : NoRun(folder, mend);
        }

        if (answer.Error is { } error) return UserError.Of($"{error.Message} {error.Mend}");
        return answer.Result?.Deserialize(type) is { } told
            ? told
            : UserError.Of($"{folder}: the run answered with nothing.");
    }

    /// <summary>That nobody runs the account, as it is told.</summary>
    public static UserError NoRun(string folder, string mend) =>
        UserError.Of($"{folder}: no run is there. {mend}");

    /// <summary>Says what went wrong; gives the exit code.</summary>
    public int Fail(UserError error)
    {
        world.Complain(error.Lines);
        return ExitCode.Failed;
    }
}

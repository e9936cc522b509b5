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
    public async Task<Result<T, AskFailure>> AskAsync<T>(
        string? data, string kind, JsonElement arguments, JsonTypeInfo<T> type, TimeSpan patience,
        CancellationToken cancellation)
        where T : class
    {
        if (!Folders.Find(data).TryGet(out var folder, out var wrong)) return new AskFailure(wrong);
        var asked = await new ControlClient(world.Wall)
            .AskAsync(folder, kind, arguments, patience, cancellation);
        if (!asked.TryGet(out var answer, out var silence))
        {
            return silence is ControlSilence.NoAnswer no
                ? AskFailure.Of($"{no.Why} What was asked may have been done: look with perpkeel orders.")
                : AskFailure.Of($"{folder}: no run is there.") with { IsNobodyThere = true };
        }

        if (answer.Error is { } error) return AskFailure.Of($"{error.Message} {error.Mend}");
        return answer.Result?.Deserialize(type) is { } told
            ? told
            : AskFailure.Of($"{folder}: the run answered with nothing.");
    }

    /// <summary>Says what went wrong; gives the exit code.</summary>
    public int Fail(UserError error)
    {
        world.Complain(error.Lines);
        return ExitCode.Failed;
    }
}

/// <summary>Why a run gave no answer that could be used.</summary>
/// <param name="Error">What is wrong.</param>
internal sealed record AskFailure(UserError Error)
{
    /// <summary>Whether no run is there: its journal is nobody's then.</summary>
    public bool IsNobodyThere { get; init; }

    /// <summary>One line.</summary>
    public static AskFailure Of(string line) => new(UserError.Of(line));
}

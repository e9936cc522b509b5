using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Perpkeel.Cli.Control;
using Perpkeel.Cli.Running;
using Perpkeel.Cli.Verbs;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Accounts;

/// <summary>An answer, and what the user should know of how it came about.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Folder">The folder that was meant.</param>
/// <param name="Note">What is to be said beside it; null for nothing.</param>
internal sealed record Answered<T>(T Value, string Folder, string? Note)
    where T : class;

/// <summary>
/// Where the verbs about an account ask: the process that trades it, or, where none does, its journal.
/// </summary>
internal sealed class AccountDesk(Surroundings world)
{
    /// <summary>Asks the run of a folder, and its journal where no run is.</summary>
    /// <param name="data">The folder as the user named it; null for the only one.</param>
    /// <param name="kind">What is asked.</param>
    /// <param name="arguments">With what.</param>
    /// <param name="type">How the answer is written.</param>
    /// <param name="otherwise">Makes the answer of the journal.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Result<Answered<T>, UserError>> AskAsync<T>(
        string? data, string kind, JsonElement? arguments, JsonTypeInfo<T> type,
        Func<JournalAccount, Result<T, UserError>> otherwise, CancellationToken cancellation)
        where T : class
    {
        if (!Folders.Find(data).TryGet(out var folder, out var wrong)) return wrong;
        var asked = await new ControlClient(world.Wall)
            .AskAsync(folder, kind, arguments, ControlClient.Patience, cancellation);
        if (asked.TryGet(out var answer, out var silence))
        {
            if (answer.Error is { } error && error != ControlError.RunEnded)
            {
                return UserError.Of($"{error.Message} {error.Mend}");
            }

            if (answer.Result?.Deserialize(type) is { } told) return new Answered<T>(told, folder, null);
        }

        if (!JournalAccount.Read(folder).TryGet(out var account, out wrong)
            || !otherwise(account).TryGet(out var read, out wrong))
        {
            return wrong;
        }

        var note = silence is ControlSilence.NoAnswer no ? $"{no.Why} This is what its journal says." : null;
        return new Answered<T>(read, folder, note);
    }

    /// <summary>Says what went wrong; gives the exit code.</summary>
    public int Fail(UserError error)
    {
        world.Complain(error.Lines);
        return ExitCode.Failed;
    }

    /// <summary>Tells an answer as one line of JSON.</summary>
    public void TellJson<T>(T answer, JsonTypeInfo<T> type) =>
        world.Out.WriteLine(JsonSerializer.Serialize(answer, type));
}

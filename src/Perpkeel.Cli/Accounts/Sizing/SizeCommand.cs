using System.Text.Json;
using Perpkeel.Cli.Control.Handlers;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Accounts.Sizing;

/// <summary>Carries out <c>perpkeel size</c>.</summary>
internal sealed class SizeCommand(Surroundings world)
{
    private readonly AccountDesk _desk = new(world);

    /// <summary>Sizes and tells; gives the exit code.</summary>
    public async Task<int> ExecuteAsync(
        SizeQuestion question, string? data, bool json, CancellationToken cancellation)
    {
        var asked = await _desk.AskAsync(
            data, SizeHandler.Name,
            JsonSerializer.SerializeToElement(question, SizeJson.Default.SizeQuestion),
            SizeJson.Default.SizeAnswer, account => OfJournal(account, question), cancellation);
        if (!asked.TryGet(out var answered, out var wrong)) return _desk.Fail(wrong);
        if (json) _desk.TellJson(answered.Value, SizeJson.Default.SizeAnswer);
        else Tell(answered.Value, answered.Note);
        return ExitCode.Ok;
    }

    private static Result<SizeAnswer, UserError> OfJournal(JournalAccount account, SizeQuestion question)
    {
        if (!EntrySizing.Of(account.View, question).TryGet(out var answer, out var error))
        {
            return UserError.Of($"{error.Message} {error.Mend}");
        }

        return account.HasOwnLimits
            ? answer
            : answer with
            {
                Notes = [.. answer.Notes, "the folder does not say its limits: the defaults are used"],
            };
    }

    private void Tell(SizeAnswer answer, string? note)
    {
        world.Tell(answer.Head.ToString());
        if (note is not null) world.Tell($"note: {note}");
        world.Tell("");
        NamedRows.Write(world.Out,
        [
            ("size", $"{answer.Side} {answer.Quantity} {answer.Market}, {MoneyText.Of(answer.Notional)} USD, "
                + $"bound by {answer.Reason}"),
            ("entry", $"{answer.Entry} ({answer.EntryFrom})"),
            ("stop", $"{answer.Stop}, costs {MoneyText.Of(answer.AtRisk)} USD before fees"),
            ("target", answer.Target ?? "none above zero"),
            ("available", $"{MoneyText.Of(answer.Available)} USD, of which "
                + $"{MoneyText.Of(answer.Reserved)} USD would be set aside"),
        ]);
        world.Tell("");
        var table = new TextTable("<limit", "allows", "<because");
        foreach (var limit in answer.Limits)
        {
            table.Add(limit.IsBinding, limit.Name, Words.Shown(limit.Quantity), limit.Value);
        }

        table.Write(world);
        foreach (var line in answer.Notes) world.Tell($"note: {line}");
        if (answer.Refusal is { } refusal)
        {
            world.Tell(
                $"note: an entry would be refused now: {refusal.Code}, limit {refusal.Limit}, "
                + $"actual {refusal.Actual}");
        }
    }
}

using Perpkeel.Cli.Control.Handlers;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Accounts;

/// <summary>Carries out <c>perpkeel positions</c>.</summary>
internal sealed class PositionsCommand(Surroundings world)
{
    private const string None = "none";

    private readonly AccountDesk _desk = new(world);

    /// <summary>Shows the positions; gives the exit code.</summary>
    public async Task<int> ExecuteAsync(string? data, bool json, CancellationToken cancellation)
    {
        var asked = await _desk.AskAsync(
            data, PositionsHandler.Name, null, AccountJson.Default.PositionsAnswer,
            account => PositionsAnswer.Of(account.View), cancellation);
        if (!asked.TryGet(out var answered, out var wrong)) return _desk.Fail(wrong);
        if (json) _desk.TellJson(answered.Value, AccountJson.Default.PositionsAnswer);
        else Tell(answered.Value, answered.Note);
        return ExitCode.Ok;
    }

    private void Tell(PositionsAnswer answer, string? note)
    {
        world.Tell(answer.Head.ToString());
        if (note is not null) world.Tell($"note: {note}");
        if (answer.Positions.Count == 0)
        {
            world.Tell("Nothing is open.");
            return;
        }

        var table = new TextTable(
            "<market", "<owner", "<side", "size", "entry", "last", "oracle", "unrealised", "realised", "fees",
            "funding", "stop", "target", "unprotected", "<status");
        foreach (var row in answer.Positions)
        {
            table.Add(
                isMarked: false, row.Market, row.Owner is null ? None : $"{row.Owner} b{row.Bracket}",
                row.Side, SizeOf(row), row.Entry ?? "", row.Last ?? "", row.Oracle ?? "",
                MoneyText.Change(row.Unrealised), MoneyText.Change(row.Realised), MoneyText.Of(row.Fees),
                MoneyText.Change(row.Funding), row.Stop ?? None, row.Target ?? None,
                $"{Decimals.Text(row.SecondsUnprotected)} s", row.Status);
        }

        table.Write(world);
        foreach (var row in answer.Positions) TellPrice(answer.Head, row);
    }

    private void TellPrice(AnswerHead head, PositionRow row)
    {
        if (row.Entry is null || head.IsRunning && row.PricedAt is not null) return;
        world.Tell(row.PricedAt is { } at
            ? $"note: {row.Market} is marked at the oracle price of {Words.Time(at)}"
            : $"note: {row.Market} is marked at the last price that its orders saw");
    }

    private static string SizeOf(PositionRow row) =>
        row.Planned is null || row.Planned.Equals(row.Size, StringComparison.Ordinal)
            ? row.Size
            : $"{row.Size} of {row.Planned}";
}

using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Control.Handlers;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;

namespace Perpkeel.Cli.Executing;

/// <summary>Carries out <c>perpkeel balance</c> and <c>perpkeel leverage</c>.</summary>
internal sealed class BalanceCommand(Surroundings world)
{
    private readonly AccountDesk _desk = new(world);

    /// <summary>Tells the balance; gives the exit code.</summary>
    public async Task<int> BalanceAsync(string? data, bool json, CancellationToken cancellation)
    {
        var asked = await _desk.AskAsync(
            data, BalanceHandler.Name, null, ExecutingJson.Default.BalanceAnswer,
            account => Balances.Of(account.View), cancellation);
        if (!asked.TryGet(out var answered, out var wrong)) return _desk.Fail(wrong);
        var answer = answered.Value;
        if (json)
        {
            _desk.TellJson(answer, ExecutingJson.Default.BalanceAnswer);
            return CodeOf(answer.Error);
        }

        Head(answer.Head, answered.Note);
        NamedRows.Write(world.Out,
        [
            ("equity", $"{MoneyText.Of(answer.Equity)} USD"),
            ("available", $"{MoneyText.Of(answer.Available)} USD for new orders, reservations taken off"),
            .. answer is { VenueTotal: { } total, VenueAvailable: { } free, VenueAsOf: { } at }
                ? [("at the venue", $"{MoneyText.Of(total)} USD, {MoneyText.Of(free)} USD free, as of "
                    + $"{Words.ExactTime(at)}")]
                : Array.Empty<(string, string)>(),
        ]);
        return Told(answer.Error);
    }

    /// <summary>Tells the leverage; gives the exit code.</summary>
    public async Task<int> LeverageAsync(string? data, bool json, CancellationToken cancellation)
    {
        var asked = await _desk.AskAsync(
            data, LeverageHandler.Name, null, ExecutingJson.Default.LeverageAnswer,
            account => Balances.LeverageOf(account.View), cancellation);
        if (!asked.TryGet(out var answered, out var wrong)) return _desk.Fail(wrong);
        var answer = answered.Value;
        if (json)
        {
            _desk.TellJson(answer, ExecutingJson.Default.LeverageAnswer);
            return CodeOf(answer.Error);
        }

        Head(answer.Head, answered.Note);
        NamedRows.Write(world.Out,
        [
            ("leverage", $"{answer.Used}x of {answer.Max}x, {answer.Available}x left"),
            .. answer is { MarginRatio: { } margin, MaintenanceMarginRatio: { } maintenance }
                ? [("margin ratio", $"{margin}, liquidated below {maintenance}")]
                : Array.Empty<(string, string)>(),
            .. answer.Health is { } health ? [("health", health)] : Array.Empty<(string, string)>(),
            .. answer.VenueAsOf is { } at
                ? [("at the venue", $"as of {Words.ExactTime(at)}")]
                : Array.Empty<(string, string)>(),
        ]);
        return Told(answer.Error);
    }

    private void Head(AnswerHead head, string? note)
    {
        world.Tell(head.ToString());
        if (note is not null) world.Tell($"note: {note}");
        world.Tell("");
    }

    private int Told(ToldError? error)
    {
        if (error is null) return ExitCode.Ok;
        world.Complain([$"The venue did not confirm it. {error.Code}: {error.Message} {error.Mend}"]);
        return ExitCode.Failed;
    }

    private static int CodeOf(ToldError? error) => error is null ? ExitCode.Ok : ExitCode.Failed;
}

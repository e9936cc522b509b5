using System.Globalization;
using Perpkeel.Cli.Control.Handlers;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;

namespace Perpkeel.Cli.Accounts.Explaining;

/// <summary>
/// Carries out <c>perpkeel explain</c>. The story is read from the journal, also while a run writes it: the
/// run is only asked for the prices of now.
/// </summary>
internal sealed class ExplainCommand(Surroundings world)
{
    private readonly AccountDesk _desk = new(world);

    /// <summary>Tells the story; gives the exit code.</summary>
    public async Task<int> ExecuteAsync(string what, string? data, bool json, CancellationToken cancellation)
    {
        var asked = await _desk.AskAsync(
            data, PositionsHandler.Name, null, AccountJson.Default.PositionsAnswer,
            account => PositionsAnswer.Of(account.View), cancellation);
        if (!asked.TryGet(out var answered, out var wrong)
            || !JournalAccount.Read(answered.Folder).TryGet(out var account, out wrong))
        {
            return _desk.Fail(wrong);
        }

        var chronicle = new Chronicle(account.Facts);
        if (!ExplainTarget.Find(what, chronicle).TryGet(out var target, out wrong)) return _desk.Fail(wrong);
        var story = Story.Of(target, chronicle, answered.Value);
        if (json) _desk.TellJson(story, ExplainJson.Default.ExplainAnswer);
        else Tell(story, answered.Note);
        return ExitCode.Ok;
    }

    private void Tell(ExplainAnswer story, string? note)
    {
        world.Tell(story.Head.ToString());
        if (note is not null) world.Tell($"note: {note}");
        world.Tell(story.Title);
        if (story.Decision is { } decision) TellDecision(decision);
        if (story.Prices is { } prices)
        {
            world.Tell(
                $"It rested on bid {prices.Bid}, ask {prices.Ask}, oracle {prices.Oracle}, "
                + $"{prices.AgeMs} ms old, {prices.Quality}.");
        }

        if (story.Plan is { } plan) TellPlan(plan);
        TellSteps(story);
        if (story.Outcome is { } outcome) TellOutcome(outcome);
    }

    private void TellDecision(ExplainedDecision decision)
    {
        world.Tell("");
        world.Tell(
            $"{Words.ExactTime(decision.At)}, fact {decision.Fact}: {decision.Strategy} decides to "
            + $"{decision.Action}, by the rule {decision.Rule}:");
        var isUsual = decision.Markets.All(row => row.Scores.Count == 3);
        var table = isUsual
            ? new TextTable("<market", "score", "momentum", "volume", "volatility", "streak", "<held")
            : new TextTable("<market", "score", "<signals", "streak", "<held");
        foreach (var row in decision.Markets)
        {
            IEnumerable<string> scores = row.Scores.Select(Points);
            if (!isUsual) scores = [string.Join(", ", scores)];
            table.Add(
                row.IsChosen, [row.Market, Points(row.Score), .. scores, $"{row.Streak}", row.Held ?? ""]);
        }

        table.Write(world);
    }

    private void TellPlan(ExplainedPlan plan)
    {
        world.Tell("");
        world.Tell(
            $"Planned {plan.Side} {plan.Size} at {plan.WorstEntry} at worst, stop {plan.Stop}, target "
            + $"{plan.Target}; {MoneyText.Of(plan.Reserved)} USD set aside. Bound by {plan.SizedBy}:");
        var table = new TextTable("<limit", "allows", "<because");
        foreach (var limit in plan.Limits)
        {
            table.Add(limit.IsBinding, limit.Name, Words.Shown(limit.Quantity), limit.Value);
        }

        table.Write(world);
    }

    private void TellSteps(ExplainAnswer story)
    {
        world.Tell("");
        var table = new TextTable("<market time", "fact", "<what happened");
        foreach (var step in story.Steps)
        {
            table.Add(step.IsAsked, Words.ExactTime(step.At), $"{step.Fact}", step.Text);
        }

        table.Write(world);
    }

    private void TellOutcome(ExplainedOutcome outcome)
    {
        var costs = $"fees {MoneyText.Of(outcome.Fees)}, funding {MoneyText.Change(outcome.Funding)}";
        world.Tell("");
        world.Tell(outcome.Reason is { } reason
            ? $"Ended by {reason}: {MoneyText.Change(outcome.Realised)} USD, {costs} included."
            : $"Open: {MoneyText.Change(outcome.Unrealised)} USD unrealised, "
                + $"{MoneyText.Change(outcome.Realised)} USD realised, {costs} included.");
    }

    private static string Points(decimal points) => points.ToString("0.0", CultureInfo.InvariantCulture);
}

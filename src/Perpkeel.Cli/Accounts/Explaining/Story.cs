using System.Collections.Immutable;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Strategies;

namespace Perpkeel.Cli.Accounts.Explaining;

/// <summary>Makes the story of a bracket, or of a fact that belongs to none.</summary>
internal static class Story
{
    private const decimal PointsScale = 100m;

    /// <summary>The story.</summary>
    /// <param name="target">What was asked for.</param>
    /// <param name="chronicle">The journal's facts.</param>
    /// <param name="positions">The account's positions at the moment.</param>
    public static ExplainAnswer Of(ExplainTarget target, Chronicle chronicle, PositionsAnswer positions)
    {
        var facts = target.Bracket is { } bracket ? chronicle.Of(bracket) : chronicle.Alone(target.Fact ?? 1);
        var planned = facts.Select(fact => fact.Fact).OfType<Fact.EntryPlanned>().FirstOrDefault();
        var refused = facts.Select(fact => fact.Fact).OfType<Fact.PlanRefused>().FirstOrDefault();
        var ended = facts.Select(fact => fact.Fact).OfType<Fact.BracketEnded>().FirstOrDefault();
        var open = target.Bracket is null
            ? null
            : positions.Positions.FirstOrDefault(row => row.Bracket == target.Bracket);
        return new ExplainAnswer
        {
            Head = positions.Head,
            Bracket = target.Bracket,
            Title = TitleOf(facts, planned, ended, open),
            Decision = facts.FirstOrDefault(IsEntry) is { } decided ? DecisionOf(decided) : null,
            Prices = (planned?.Facts ?? refused?.Facts) is { } prices ? PricesOf(prices) : null,
            Plan = planned is null ? null : PlanOf(planned),
            Refusal = refused?.Refusal,
            Steps = StepsOf(facts, target),
            Outcome = OutcomeOf(ended, open),
        };
    }

    private static bool IsEntry(JournaledFact fact) =>
        fact.Fact is Fact.Decided { Decision.Action: DecisionAction.Enter };

    private static string TitleOf(
        ImmutableArray<JournaledFact> facts, Fact.EntryPlanned? planned, Fact.BracketEnded? ended,
        PositionRow? open)
    {
        if (planned is null) return $"fact {facts[^1].Sequence}";
        var bracket = planned.Bracket;
        var state = ended is not null ? $"ended by {ended.Reason}" : open?.Status ?? "open";
        return $"b{bracket.Id} {Words.PositionOf(bracket.Side)} {bracket.Size} {bracket.Market}, {state}";
    }

    private static ExplainedDecision DecisionOf(JournaledFact journaled)
    {
        var decision = ((Fact.Decided)journaled.Fact).Decision;
        return new ExplainedDecision(
            journaled.Sequence, journaled.At, decision.Strategy,
            $"enter {decision.Market} {Words.PositionOf(decision.Side)}", decision.Rule,
            [
                .. decision.Rows.Select(row => new ExplainedScore(
                    row.Market.Value, row.Score / PointsScale,
                    [.. row.Scores.Select(score => score / PointsScale)], row.Streak,
                    row.Held == Side.None ? null : Words.PositionOf(row.Held),
                    row.Market == decision.Market)),
            ]);
    }

    private static ExplainedPrices PricesOf(MarketFacts facts) => new(
        facts.Bid.ToString(), facts.Ask.ToString(), facts.Oracle.ToString(), facts.AgeMs,
        Words.Of(facts.Quality));

    private static ExplainedPlan PlanOf(Fact.EntryPlanned planned)
    {
        var bracket = planned.Bracket;
        return new ExplainedPlan(
            Words.PositionOf(bracket.Side), bracket.Size.ToString(), bracket.EntryLimit.ToString(),
            bracket.StopTrigger.ToString(), bracket.TargetTrigger.ToString(),
            Words.Exact(bracket.ReservePerUnit * bracket.Size.Value), planned.SizedBy,
            [.. planned.Limits.Select(limit => LimitOf(limit, planned.SizedBy))]);
    }

    /// <summary>A limit as the journal has it: <c>risk 2 = 10000 * 0.01 / |50 - 49|</c>.</summary>
    private static ExplainedLimit LimitOf(string text, string sizedBy)
    {
        var parts = text.Split(" = ", 2);
        var left = parts[0].Split(' ', 2);
        return new ExplainedLimit(
            left[0], left.ElementAtOrDefault(1) ?? "", parts.ElementAtOrDefault(1) ?? "",
            left[0].Equals(sizedBy, StringComparison.Ordinal));
    }

    /// <summary>What happened after the plan, or instead of one.</summary>
    private static List<ExplainedStep> StepsOf(ImmutableArray<JournaledFact> facts, ExplainTarget target)
    {
        var words = new StepWords();
        return
        [
            .. facts.Where(fact => !IsEntry(fact)).Select(fact => new ExplainedStep(
                fact.Sequence, fact.At, words.Of(fact.Fact),
                fact.Sequence == target.Fact
                || (target.Order is { } order && StepWords.IsAbout(fact.Fact, order)))),
        ];
    }

    private static ExplainedOutcome? OutcomeOf(Fact.BracketEnded? ended, PositionRow? open)
    {
        if (ended is not null)
        {
            return new ExplainedOutcome(
                ended.Reason, Words.Exact(ended.Realised), Words.Exact(Usd.Zero), Words.Exact(ended.Fees),
                Words.Exact(ended.Funding));
        }

        return open is null
            ? null
            : new ExplainedOutcome(null, open.Realised, open.Unrealised, open.Fees, open.Funding);
    }
}

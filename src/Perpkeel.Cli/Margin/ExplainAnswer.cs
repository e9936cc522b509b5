using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>One step of an explanation, for programs.</summary>
internal sealed record TermAnswer(string Name, string Formula, string Value);

/// <summary>The part of a notional in one tier, for programs.</summary>
internal sealed record SliceAnswer(int Tier, string Part, string Rate, string Maintenance);

/// <summary>The liquidation price by one tier's line, for programs.</summary>
internal sealed record CandidateAnswer(TierAnswer Tier, string? Price, bool Binds);

/// <summary>An explained position for programs; either the position or the hedge is null.</summary>
internal sealed record ExplainAnswer(
    MarginAnswer? Position, HedgeAnswer? Hedge, IReadOnlyList<TermAnswer> Terms,
    IReadOnlyList<SliceAnswer> Slices, IReadOnlyList<CandidateAnswer> Candidates, IReadOnlyList<string> Lines)
{
    /// <summary>The answer for a position.</summary>
    public static ExplainAnswer Of(
        Surroundings surroundings, TierConfiguration tiers, PositionRequest request)
    {
        if (request.Hedge is { } hedge)
        {
            return new ExplainAnswer(
                null, new HedgeReport(surroundings, tiers, request, hedge).Answer(), [], [], [],
                HedgeExplanation.Explain(tiers, hedge).Lines);
        }

        var explained = MarginExplanation.Explain(tiers, request.Position);
        return new ExplainAnswer(
            MarginAnswer.Of(tiers, request, explained.Result), null,
            [.. explained.Terms.Select(
                term => new TermAnswer(term.Name, term.Formula, Decimals.Text(term.Value)))],
            [.. TierBreakdown.Of(tiers.Table, explained.Result.Notional).Slices.Select(
                slice => new SliceAnswer(
                slice.Tier.Number, Decimals.Text(slice.Part), Decimals.Text(slice.Tier.Rate),
                Decimals.Text(slice.Maintenance)))],
            [.. explained.Candidates.Select(candidate => new CandidateAnswer(
                TierAnswer.Of(candidate.Tier),
                candidate.Price is { } price ? Decimals.Text(price) : null, candidate.Binds))],
            explained.Lines);
    }
}

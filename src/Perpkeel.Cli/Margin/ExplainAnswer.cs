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
internal sealed record CandidateAnswer(
    int Tier, string Floor, string Cap, string Rate, string Amount, string? Price, bool Binds)
{
    /// <summary>The answer for a tier.</summary>
    public static CandidateAnswer Of(TierCandidate candidate) => new(
        candidate.Tier.Number, Decimals.Text(candidate.Tier.Floor), Decimals.Text(candidate.Tier.Cap),
        Decimals.Text(candidate.Tier.Rate), Decimals.Text(candidate.Tier.Amount),
        candidate.Price is { } price ? Decimals.Text(price) : null, candidate.Binds);
}

/// <summary>An explained position for programs; either the position or the hedge is null.</summary>
internal sealed record ExplainAnswer(
    MarginAnswer? Position, HedgeAnswer? Hedge, IReadOnlyList<TermAnswer> Terms,
    IReadOnlyList<SliceAnswer> Slices, IReadOnlyList<CandidateAnswer> Candidates, IReadOnlyList<string> Lines)
{
    /// <summary>The answer for a position.</summary>
    public static ExplainAnswer Of(TierConfiguration tiers, PositionRequest request)
    {
        if (request.Hedge is { } hedge)
        {
            return new ExplainAnswer(
                null, new HedgeReport(tiers, request, hedge).Answer(), [], [], [],
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
            [.. explained.Candidates.Select(CandidateAnswer.Of)],
            explained.Lines);
    }
}

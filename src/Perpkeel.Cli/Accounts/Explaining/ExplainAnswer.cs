using System.Text.Json.Serialization;
using Perpkeel.Core.Risk;

namespace Perpkeel.Cli.Accounts.Explaining;

/// <summary>One market as a decision saw it. Scores are points.</summary>
internal sealed record ExplainedScore(
    string Market, decimal Score, IReadOnlyList<decimal> Scores, int Streak, string? Held, bool IsChosen);

/// <summary>What was decided and why.</summary>
internal sealed record ExplainedDecision(
    long Fact, DateTimeOffset At, string Strategy, string Action, string Rule,
    IReadOnlyList<ExplainedScore> Markets);

/// <summary>The prices that a plan or a refusal rested on.</summary>
internal sealed record ExplainedPrices(string Bid, string Ask, string Oracle, long AgeMs, string Quality);

/// <summary>One limit of the size.</summary>
internal sealed record ExplainedLimit(string Name, string Quantity, string Value, bool IsBinding);

/// <summary>What was planned.</summary>
internal sealed record ExplainedPlan(
    string Side, string Size, string WorstEntry, string Stop, string Target, string Reserved,
    string SizedBy, IReadOnlyList<ExplainedLimit> Limits);

/// <summary>One thing that happened.</summary>
/// <param name="Fact">Its sequence in the journal.</param>
/// <param name="At">Market time.</param>
/// <param name="Text">What, in words.</param>
/// <param name="IsAsked">Whether it is about what was asked for.</param>
internal sealed record ExplainedStep(long Fact, DateTimeOffset At, string Text, bool IsAsked);

/// <summary>What it brought in.</summary>
/// <param name="Reason">What ended it; null while it is open.</param>
/// <param name="Realised">What it brought in so far, fees and funding included.</param>
/// <param name="Unrealised">What the part that is held is worth more than it cost.</param>
/// <param name="Fees">Fees.</param>
/// <param name="Funding">Funding received less paid.</param>
internal sealed record ExplainedOutcome(
    string? Reason, string Realised, string Unrealised, string Fees, string Funding);

/// <summary>What <c>perpkeel explain</c> tells: a story from the decision to its profit or loss.</summary>
internal sealed record ExplainAnswer
{
    /// <summary>Whose account, and as of when.</summary>
    public required AnswerHead Head { get; init; }

    /// <summary>The bracket; null for a story without one.</summary>
    public required long? Bracket { get; init; }

    /// <summary>The story's name in a line.</summary>
    public required string Title { get; init; }

    /// <summary>The decision that began it; null where none did.</summary>
    public required ExplainedDecision? Decision { get; init; }

    /// <summary>The prices that it rested on.</summary>
    public required ExplainedPrices? Prices { get; init; }

    /// <summary>What was planned; null where nothing was.</summary>
    public required ExplainedPlan? Plan { get; init; }

    /// <summary>The rule that refused it; null where none did.</summary>
    public required RiskRefusal? Refusal { get; init; }

    /// <summary>What happened, in the journal's order.</summary>
    public required IReadOnlyList<ExplainedStep> Steps { get; init; }

    /// <summary>What came of it; null where nothing was traded.</summary>
    public required ExplainedOutcome? Outcome { get; init; }
}

/// <summary>The generated serializer of what <c>perpkeel explain</c> tells.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExplainAnswer))]
internal sealed partial class ExplainJson : JsonSerializerContext;

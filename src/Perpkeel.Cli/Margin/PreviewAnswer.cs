using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>An account before or after, for programs: amounts are exact texts.</summary>
internal sealed record AccountAnswer(
    string Notional, string Equity, string Maintenance, string Initial, string Available, string Withdrawable,
    string CrossBalance, string? CrossRatio, string Health)
{
    /// <summary>The answer for an account.</summary>
    public static AccountAnswer Of(AccountMargin margin) => new(
        Decimals.Text(margin.Notional), Decimals.Text(margin.Equity), Decimals.Text(margin.Maintenance),
        Decimals.Text(margin.Initial), Decimals.Text(margin.Available), Decimals.Text(margin.Withdrawable),
        Decimals.Text(margin.CrossBalance), margin.CrossRatio is { } ratio ? Decimals.Text(ratio) : null,
        PositionWords.Of(margin.Health));
}

/// <summary>A position before or after, for programs.</summary>
internal sealed record HeldAnswer(
    string Size, string EntryPrice, string MarkPrice, string Leverage, string Mode, string Notional, int Tier,
    string Rate, string Amount, string Maintenance, string Initial, string? MarginRatio,
    string? LiquidationPrice, string Health)
{
    /// <summary>The answer for a position; null for none.</summary>
    public static HeldAnswer? Of(HeldMargin? held) => held is null ? null : new(
        Decimals.Text(held.Position.Size), Decimals.Text(held.Position.EntryPrice),
        Decimals.Text(held.Setting.MarkPrice), Decimals.Text(held.Setting.Leverage.Value),
        held.Setting.Mode == MarginMode.Cross ? "cross" : "isolated", Decimals.Text(held.Margin.Notional),
        held.Margin.Tier, Decimals.Text(held.Margin.Rate), Decimals.Text(held.Margin.Amount),
        Decimals.Text(held.Margin.Maintenance), Decimals.Text(held.Margin.Initial),
        held.Margin.MarginRatio is { } ratio ? Decimals.Text(ratio) : null,
        held.LiquidationPrice is { } price ? Decimals.Text(price) : null, PositionWords.Of(held.Health));
}

/// <summary>A position before and after, for programs.</summary>
internal sealed record MovedAnswer(string Position, HeldAnswer? Before, HeldAnswer? After);

/// <summary>One limit, for programs; changes count from 1.</summary>
internal sealed record ConstraintAnswer(
    int Change, string Code, string Of, string Value, string Limit, string Headroom, bool IsSatisfied,
    bool IsRefusal)
{
    /// <summary>The answer for a limit.</summary>
    public static ConstraintAnswer For(MarginConstraint constraint) => new(
        constraint.Change, constraint.Code, constraint.Of, Decimals.Text(constraint.Value),
        Decimals.Text(constraint.Limit), Decimals.Text(constraint.Headroom), constraint.IsSatisfied,
        constraint.IsRefusal);
}

/// <summary>One refusal, for programs; changes count from 1.</summary>
internal sealed record RefusalAnswer(int Change, string Code, string Message);

/// <summary>An account before and after some changes, for programs.</summary>
internal sealed record PreviewAnswer(
    string Asset, string Tiers, IReadOnlyList<string> Changes, bool IsAllowed, ConstraintAnswer? Binds,
    AccountAnswer Before, AccountAnswer After, IReadOnlyList<MovedAnswer> Positions,
    IReadOnlyList<ConstraintAnswer> Constraints, IReadOnlyList<RefusalAnswer> Refusals)
{
    /// <summary>The answer for a preview.</summary>
    public static PreviewAnswer Of(MarginPreview preview, string tiers) => new(
        preview.Before.Account.Asset, tiers, [.. preview.Changes.Select(change => change.Summary)],
        preview.IsAllowed, preview.Tightest is { } binds ? ConstraintAnswer.For(binds) : null,
        AccountAnswer.Of(preview.Before), AccountAnswer.Of(preview.After),
        [.. preview.Delta.Positions.Select(moved => new MovedAnswer(
            moved.Key.ToString(), HeldAnswer.Of(moved.Before), HeldAnswer.Of(moved.After)))],
        [.. preview.Constraints.Select(ConstraintAnswer.For)],
        [.. preview.Refusals.Select(refusal => new RefusalAnswer(
            refusal.Change, refusal.Refusal.Code, refusal.Refusal.Message))]);
}

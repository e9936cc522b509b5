using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;

namespace Perpkeel.Core.Margin.Display;

/// <summary>A preview as rows of text: what, before, after, change.</summary>
public sealed record PreviewTable
{
    private PreviewTable()
    {
    }

    /// <summary>The changes, one line each.</summary>
    public required ImmutableArray<string> Changes { get; init; }

    /// <summary>The figures of each position, then those of the account.</summary>
    public required ImmutableArray<PreviewRow> Rows { get; init; }

    /// <summary>Whether it is allowed, what binds, and every refusal with its mend.</summary>
    public required ImmutableArray<string> Verdict { get; init; }

    /// <summary>The rows of a preview.</summary>
    public static PreviewTable Of(MarginPreview preview)
    {
        var format = new MarginFormat(preview.Before.Account.Asset);
        var delta = preview.Delta;
        return new PreviewTable
        {
            Changes = [.. preview.Changes.Select((change, i) => $"{Number(i + 1)}. {change.Summary}")],
            Rows =
            [
                .. delta.Positions.SelectMany(position => PositionRows(position, format)),
                .. AccountRows(preview, delta, format),
            ],
            Verdict = Verdicts(preview, format),
        };
    }

    /// <summary>The table as lines of one width, for a terminal.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var change in Changes) yield return change;
        string[] heads = ["", "before", "after", "change"];
        string[][] cells = [.. Rows.Select(row => new[] { row.What, row.Before, row.After, row.Change })];
        int[] widths =
        [
            .. heads.Select((head, i) => cells.Select(row => row[i].Length).Append(head.Length).Max()),
        ];
        yield return Line(heads, widths);
        var of = string.Empty;
        foreach (var row in Rows)
        {
            if (!string.Equals(of, row.Of, StringComparison.Ordinal)) yield return row.Of;
            of = row.Of;
            yield return Line([row.What, row.Before, row.After, row.Change], widths);
        }

        foreach (var verdict in Verdict) yield return verdict;
    }

    private static string Line(string[] cells, int[] widths)
    {
        var first = "  " + cells[0].PadRight(widths[0]);
        return string.Join(
            "  ", cells.Skip(1).Select((cell, i) => cell.PadLeft(widths[i + 1])).Prepend(first))
            .TrimEnd();
    }

    private static IEnumerable<PreviewRow> PositionRows(PositionDelta delta, MarginFormat format)
    {
        var of = delta.Key.ToString();
        var (before, after) = (delta.Before, delta.After);
        var move = PriceMove.Of(
            (before?.LiquidationPrice, before?.LiquidationSide ?? Side.None),
            (after?.LiquidationPrice, after?.LiquidationSide ?? Side.None), format);
        return
        [
            new(
                of, "size", Shown(before, held => MarginFormat.Size(held.Position.Size)),
                Shown(after, held => MarginFormat.Size(held.Position.Size)),
                Signed(delta.Size, MarginFormat.Size(delta.Size))),
            new(
                of, "notional", Shown(before, held => format.Requirement(held.Margin.Notional)),
                Shown(after, held => format.Requirement(held.Margin.Notional)),
                format.RequirementChange(delta.Notional)),
            new(
                of, "tier", Shown(before, TierText), Shown(after, TierText),
                Signed(delta.Tier, Number(delta.Tier))),
            new(
                of, "maintenance", Shown(before, held => format.Requirement(held.Margin.Maintenance)),
                Shown(after, held => format.Requirement(held.Margin.Maintenance)),
                format.RequirementChange(delta.Maintenance)),
            new(
                of, "initial margin", Shown(before, held => format.Requirement(held.Margin.Initial)),
                Shown(after, held => format.Requirement(held.Margin.Initial)),
                format.RequirementChange(delta.Initial)),
            new(
                of, "margin ratio", Shown(before, held => MarginFormat.RatioUp(held.Margin.MarginRatio)),
                Shown(after, held => MarginFormat.RatioUp(held.Margin.MarginRatio)),
                MarginFormat.RatioChange(delta.Ratio)),
            new(of, "liquidation price", move.Before, move.After, move.Change),
        ];
    }

    private static IEnumerable<PreviewRow> AccountRows(
        MarginPreview preview, MarginDelta delta, MarginFormat format)
    {
        const string Account = "account";
        var (before, after) = (preview.Before, preview.After);
        return
        [
            new(
                Account, "equity", format.Collateral(before.Equity), format.Collateral(after.Equity),
                format.CollateralChange(delta.Equity)),
            new(
                Account, "maintenance", format.Requirement(before.Maintenance),
                format.Requirement(after.Maintenance), format.RequirementChange(delta.Maintenance)),
            new(
                Account, "initial margin", format.Requirement(before.Initial),
                format.Requirement(after.Initial), format.RequirementChange(delta.Initial)),
            new(
                Account, "available", format.Collateral(before.Available), format.Collateral(after.Available),
                format.CollateralChange(delta.Available)),
            new(
                Account, "cross ratio", MarginFormat.RatioUp(before.CrossRatio),
                MarginFormat.RatioUp(after.CrossRatio), MarginFormat.RatioChange(delta.CrossRatio)),
            new(Account, "health", $"{before.Health}", $"{after.Health}", string.Empty),
        ];
    }

    private static ImmutableArray<string> Verdicts(MarginPreview preview, MarginFormat format)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add(preview.IsAllowed ? "Allowed." : "Refused.");
        if (preview.Tightest is { } tightest)
        {
            var room = tightest.Kind == ConstraintKind.TierLeverage
                ? MarginFormat.Size(tightest.Headroom) + "x"
                : format.Collateral(tightest.Headroom);
            lines.Add(
                $"Binds: {tightest.Code} of {tightest.Of} at change {Number(tightest.Change)}, room {room}.");
        }

        foreach (var refusal in preview.Refusals)
        {
            lines.Add($"Change {Number(refusal.Change)}: {refusal.Refusal.Code}. {refusal.Refusal.Message}");
        }

        return lines.ToImmutable();
    }

    private static string TierText(HeldMargin held) =>
        $"{Number(held.Margin.Tier)} at {MarginFormat.Rate(held.Margin.Rate)}"
        + (held.Margin.IsBeyondLastCap ? ", beyond" : string.Empty);

    private static string Shown(HeldMargin? held, Func<HeldMargin, string> text) =>
        held is null ? MarginFormat.None : text(held);

    private static string Signed(decimal change, string text) => change > 0m ? "+" + text : text;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One row.</summary>
/// <param name="Of">The position, or the account.</param>
/// <param name="What">The figure.</param>
/// <param name="Before">Before, as shown.</param>
/// <param name="After">After, as shown.</param>
/// <param name="Change">After less before, as shown; empty where there is no number.</param>
public sealed record PreviewRow(string Of, string What, string Before, string After, string Change);

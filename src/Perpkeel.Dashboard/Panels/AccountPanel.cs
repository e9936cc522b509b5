using System.Collections.Immutable;
using Perpkeel.Core.Numbers;
using Perpkeel.Dashboard.Drawing;
using Perpkeel.Runtime.Telemetry;
using Spectre.Console;

namespace Perpkeel.Dashboard.Panels;

/// <summary>The account's equity, P&amp;L, margin, drawdown, trades and protection.</summary>
public static class AccountPanel
{
    /// <summary>Above this share of the equity a margin bar warns.</summary>
    private const decimal HighUsage = 0.7m;

    /// <summary>A common move nearer than this warns.</summary>
    private const decimal NearLiquidation = 0.1m;

    /// <summary>The account as a grid of figures, in USD.</summary>
    public static PanelView Of(RunSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var facts = Facts(snapshot.Account);
        return new PanelView(snapshot, FrameKind.Box, (width, rows) => new PanelContent
        {
            Heading = TextLine.Of("Account", Palette.Title) + TextLine.Of(" · USD", Palette.Quiet),
            Rows = Fact.Grid(facts, width, rows),
        });
    }

    private static ImmutableArray<Fact> Facts(AccountRow account) =>
    [
        new("Equity", TextLine.Of(Figures.Money(account.Equity), Palette.Strong)),
        Gain("Realised", account.Realised),
        Gain("Unrealised", account.Unrealised),
        Usage("Margin used", account.MarginUsage),
        Plain("Leverage", Figures.Factor(account.Leverage)),

        Plain("Available", Figures.Money(account.Available)),
        Plain("Fees", Figures.Money(account.Fees)),
        Gain("Funding", account.Funding),
        Usage("Maintenance", account.MaintenanceUsage),
        Shock(account),

        Plain("Deposits", Figures.Money(account.Deposits)),
        Plain("Won / lost", $"{Figures.Count(account.Wins)} / {Figures.Count(account.Losses)}"),
        Watch("Unprotected", Figures.Seconds(account.SecondsUnprotected), account.SecondsUnprotected > 0m),
        Watch("Alarms", Figures.Count(account.Alarms), account.Alarms > 0),
        Plain("Drawdown", Figures.Percent(account.MaxDrawdown) + " %"),

        Return(account),
        Plain("Decisions", Figures.Count(account.Counts.Decisions)),
        Plain("Refusals", Figures.Count(account.Counts.Refusals)),
        Plain(
            "Orders / fills",
            $"{Figures.Count(account.Counts.Orders)} / {Figures.Count(account.Counts.Fills)}"),
        Watch("Liquidated", Figures.Count(account.Counts.Liquidations), account.Counts.Liquidations > 0),
    ];

    /// <summary>How far all prices together may move until the venue may liquidate.</summary>
    private static Fact Shock(AccountRow account)
    {
        var isNear = account.ShockToLiquidation is { } shock && Math.Abs(shock) < NearLiquidation;
        return Watch("Liq. if all", account.ShockToLiquidation is { } move
            ? Figures.Percent(move, "+#,0.0;-#,0.0;0.0") + " %"
            : "none", isNear);
    }

    private static Fact Plain(string label, string value) => new(label, TextLine.Of(value));

    private static Fact Gain(string label, Usd amount) =>
        new(label, TextLine.Of(Figures.Gain(amount), Palette.OfSign(amount.Value)));

    private static Fact Watch(string label, string value, bool isBad) =>
        new(label, TextLine.Of(value, isBad ? Palette.Down : Palette.Plain));

    private static Fact Usage(string label, decimal? usage) => new(
        label,
        TextLine.Of(usage is null ? Figures.None : Figures.Percent(usage) + " %"),
        (double)(usage ?? 0m),
        usage > HighUsage ? Palette.Down : Palette.Accent);

    private static Fact Return(AccountRow account)
    {
        var deposits = (double)account.Deposits.Value;
        var change = deposits > 0d ? ((double)account.Equity.Value - deposits) / deposits : double.NaN;
        var isSmall = Math.Abs(change) < 1e6;
        var value = isSmall ? Figures.Percent((decimal)change, "+#,0.00;-#,0.00;0.00") + " %" : Figures.None;
        Style style = isSmall ? Palette.OfSign(Math.Sign(change)) : Palette.Plain;
        return new Fact("Return", TextLine.Of(value, style));
    }
}

using Perpkeel.Core.Margin.Tiered;

namespace Perpkeel.Cli.Margin;

/// <summary>A position as it was typed, checked.</summary>
internal sealed record PositionRequest
{
    /// <summary>The venue's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>The position.</summary>
    public required MarginPosition Position { get; init; }

    /// <summary>Both legs where another one is held against it in hedge mode; null else.</summary>
    public HedgePosition? Hedge { get; init; }

    /// <summary>Whether the wallet was not given but taken from the leverage.</summary>
    public required bool IsWalletImplied { get; init; }

    /// <summary>What was assumed beyond what was typed, a line each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>What backs a position.</summary>
public enum MarginMode
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>A wallet of its own.</summary>
    Isolated,

    /// <summary>The wallet that all cross positions share.</summary>
    Cross,
}

/// <summary>The money behind one position, in the quote asset.</summary>
/// <remarks>
/// Source: the exchange's liquidation formula with WB, TMM1 and UPNL1; for isolated positions the last two
/// are zero.
/// </remarks>
/// <param name="Mode">Isolated or cross.</param>
/// <param name="Wallet">Isolated wallet, or cross wallet balance, without unrealised profit.</param>
/// <param name="OtherMaintenance">Maintenance margin of all other cross positions.</param>
/// <param name="OtherUnrealizedPnl">Unrealised profit of all other cross positions.</param>
public readonly record struct MarginCollateral(
    MarginMode Mode, decimal Wallet, decimal OtherMaintenance, decimal OtherUnrealizedPnl)
{
    /// <summary>A wallet of the position's own.</summary>
    public static MarginCollateral Isolated(decimal wallet) => new(MarginMode.Isolated, wallet, 0m, 0m);

    /// <summary>A wallet shared with other positions.</summary>
    public static MarginCollateral Cross(
        decimal wallet, decimal otherMaintenance = 0m, decimal otherUnrealizedPnl = 0m) =>
        new(MarginMode.Cross, wallet, otherMaintenance, otherUnrealizedPnl);
}

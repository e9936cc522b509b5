using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Execution;

/// <summary>
/// What the venue says of the account, freshly, before a signal takes new risk. The session's own state is
/// the balance; this confirms it.
/// </summary>
public sealed record VenueConfirmation
{
    /// <summary>All of the balance; null where it could not be had.</summary>
    public Usd? Total { get; init; }

    /// <summary>What new orders may use; may be negative.</summary>
    public Usd? Available { get; init; }

    /// <summary>When the balance was true.</summary>
    public DateTimeOffset? BalanceAsOf { get; init; }

    /// <summary>Leverage in use.</summary>
    public decimal? LeverageUsed { get; init; }

    /// <summary>Greatest leverage that the account may have.</summary>
    public decimal? LeverageMax { get; init; }

    /// <summary>When the leverage was true.</summary>
    public DateTimeOffset? LeverageAsOf { get; init; }

    /// <summary>
    /// Why one of them could not be had, or why the venue takes nothing now; null otherwise.
    /// </summary>
    public TradeExecutionError? Failure { get; init; }
}

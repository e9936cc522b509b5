using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Subaccounts;

/// <summary>Why the chain would refuse something outright. The codes are the chain's words.</summary>
public abstract record ChainError
{
    private ChainError(string code)
    {
        Code = code;
    }

    /// <summary>Stable name of the case.</summary>
    public string Code { get; }

    /// <summary>The same with its numbers, for people.</summary>
    public abstract string Message { get; }

    /// <summary>No such market.</summary>
    public sealed record PerpetualDoesNotExist(MarketId Market) : ChainError("perpetual-does-not-exist")
    {
        /// <inheritdoc/>
        public override string Message => $"There is no perpetual {Market}.";
    }

    /// <summary>A market without an oracle price cannot be traded.</summary>
    public sealed record ProductPositionNotUpdatable(MarketId Market)
        : ChainError("product-position-not-updatable")
    {
        /// <inheritdoc/>
        public override string Message => $"{Market} has no oracle price; its positions cannot change.";
    }

    /// <summary>A match has two sides.</summary>
    public sealed record MatchUpdatesMustHaveTwoUpdates(int Updates)
        : ChainError("match-updates-must-have-two-updates")
    {
        /// <inheritdoc/>
        public override string Message => $"A match updates two subaccounts' positions, not {Updates}.";
    }

    /// <summary>Each side of a match changes one position.</summary>
    public sealed record MatchUpdatesMustUpdateOnePerp() : ChainError("match-updates-must-update-one-perp")
    {
        /// <inheritdoc/>
        public override string Message => "Each side of a match changes exactly one position.";
    }

    /// <summary>Both sides of a match are in one market.</summary>
    public sealed record MatchUpdatesMustBeSamePerpId(MarketId First, MarketId Second)
        : ChainError("match-updates-must-be-same-perp-id")
    {
        /// <inheritdoc/>
        public override string Message => $"The sides of a match are in {First} and in {Second}.";
    }

    /// <summary>What one side of a match gains the other loses.</summary>
    public sealed record MatchUpdatesInvalidSize(BigInteger First, BigInteger Second)
        : ChainError("match-updates-invalid-size")
    {
        /// <inheritdoc/>
        public override string Message => $"The sides of a match change by {First} and {Second} quantums.";
    }

    /// <summary>A close that is not one: no position, the same side, or more than there is.</summary>
    public sealed record InvalidPerpetualPositionSizeDelta(MarketId Market, BigInteger Held, BigInteger Delta)
        : ChainError("invalid-perpetual-position-size-delta")
    {
        /// <inheritdoc/>
        public override string Message =>
            $"A change by {Delta} quantums does not close any of {Held} quantums of {Market}.";
    }

    /// <summary>The account needs no maintenance margin, so it has no bankruptcy or fillable price.</summary>
    public sealed record MaintenanceMarginIsZero() : ChainError("maintenance-margin-is-zero")
    {
        /// <inheritdoc/>
        public override string Message => "The subaccount needs no maintenance margin.";
    }

    /// <summary>The updates that carry something out do not pass.</summary>
    public sealed record FailedToUpdateSubaccounts(ImmutableArray<UpdateResult> Results)
        : ChainError("failed-to-update-subaccounts")
    {
        /// <inheritdoc/>
        public override string Message => $"The updates end with {string.Join(", ", Results)}.";
    }

    /// <summary>A chosen initial margin is not above zero and at most the whole.</summary>
    public sealed record InvalidLeverage(MarketId Market, Ppm Chosen) : ChainError("invalid-leverage")
    {
        /// <inheritdoc/>
        public override string Message =>
            $"An initial margin of {Chosen} in {Market} is not above 0 and at most {Ppm.One} ppm.";
    }

    /// <summary>A chosen initial margin is below the market's own.</summary>
    public sealed record LeverageExceedsMaximum(MarketId Market, Ppm Chosen, Ppm Least)
        : ChainError("leverage-exceeds-maximum")
    {
        /// <inheritdoc/>
        public override string Message =>
            $"An initial margin of {Chosen} in {Market} is below the least of {Least}.";
    }

    /// <summary>With the chosen initial margin the account would not cover it.</summary>
    public sealed record LeverageViolatesMarginRequirements(MarketId Market, SubaccountRisk Risk)
        : ChainError("leverage-violates-margin-requirements")
    {
        /// <inheritdoc/>
        public override string Message =>
            $"With it in {Market} the subaccount needs {Risk.Initial} and has {Risk.NetCollateral}.";
    }
}

using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Accounts;

/// <summary>Why a balance cannot be believed.</summary>
public abstract record BalanceFault
{
    private BalanceFault()
    {
    }

    /// <summary>Stable name of the case.</summary>
    public abstract string Code { get; }

    /// <summary>The same with its numbers, for people.</summary>
    public abstract string Message { get; }

    /// <summary>The total is not the sum of what is available and what is locked.</summary>
    public sealed record DoesNotAddUp(Usd Total, Usd Available, Usd Locked) : BalanceFault
    {
        /// <inheritdoc/>
        public override string Code => "balance-does-not-add-up";

        /// <inheritdoc/>
        public override string Message => $"Total {Total} is not available {Available} plus locked {Locked}.";
    }

    /// <summary>Less than nothing is locked.</summary>
    public sealed record NegativeLocked(Usd Locked) : BalanceFault
    {
        /// <inheritdoc/>
        public override string Code => "balance-locked-negative";

        /// <inheritdoc/>
        public override string Message => $"Locked is {Locked}; it cannot be negative.";
    }

    /// <summary>Nobody knows when it was true.</summary>
    public sealed record NoTimestamp : BalanceFault
    {
        /// <inheritdoc/>
        public override string Code => "balance-without-timestamp";

        /// <inheritdoc/>
        public override string Message => "The balance has no timestamp.";
    }
}

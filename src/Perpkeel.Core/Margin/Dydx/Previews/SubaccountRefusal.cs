using System.Globalization;
using System.Numerics;
using Perpkeel.Core.Margin.Dydx.Subaccounts;

namespace Perpkeel.Core.Margin.Dydx.Previews;

/// <summary>Why the chain would refuse a change. Amounts are in quote quantums.</summary>
public abstract record SubaccountRefusal
{
    private SubaccountRefusal()
    {
    }

    /// <summary>A stable name for scripts.</summary>
    public abstract string Code { get; }

    /// <summary>What is wrong, with the numbers, and the mend.</summary>
    public abstract string Message { get; }

    /// <summary>The account covers its initial margin and would not any more.</summary>
    /// <param name="After">Its risk after the change.</param>
    public sealed record NewlyUndercollateralized(SubaccountRisk After) : SubaccountRefusal
    {
        /// <inheritdoc/>
        public override string Code => "newly-undercollateralized";

        /// <inheritdoc/>
        public override string Message =>
            $"The initial margin would be {Usdc(After.Initial)} USDC and the collateral "
            + $"{Usdc(After.NetCollateral)}. Take less, or deposit at least {Usdc(-After.FreeCollateral)} "
            + "first.";
    }

    /// <summary>The account does not cover its initial margin, and its risk would rise.</summary>
    /// <param name="Before">Its risk before the change.</param>
    /// <param name="After">Its risk after the change.</param>
    public sealed record StillUndercollateralized(SubaccountRisk Before, SubaccountRisk After)
        : SubaccountRefusal
    {
        /// <inheritdoc/>
        public override string Code => "still-undercollateralized";

        /// <inheritdoc/>
        public override string Message =>
            $"The collateral of {Usdc(Before.NetCollateral)} USDC does not cover the initial margin of "
            + $"{Usdc(Before.Initial)}; only what lowers the risk is allowed. Maintenance would go from "
            + $"{Usdc(Before.Maintenance)} to {Usdc(After.Maintenance)} and collateral to "
            + $"{Usdc(After.NetCollateral)}. Reduce at a better price, or deposit at least "
            + $"{Usdc(-After.FreeCollateral)} first.";
    }

    /// <summary>An isolated position would stand beside another.</summary>
    public sealed record IsolationBroken : SubaccountRefusal
    {
        /// <inheritdoc/>
        public override string Code => "violates-isolated-subaccount-constraints";

        /// <inheritdoc/>
        public override string Message =>
            "An isolated market stands alone in its subaccount. Use a subaccount that holds nothing else.";
    }

    /// <summary>Nothing may leave at this block.</summary>
    public sealed record WithdrawalsBlocked : SubaccountRefusal
    {
        /// <inheritdoc/>
        public override string Code => "withdrawals-and-transfers-blocked";

        /// <inheritdoc/>
        public override string Message => "The chain holds withdrawals and transfers back. Ask again later.";
    }

    /// <summary>A chosen leverage is refused.</summary>
    /// <param name="Error">The chain's own error.</param>
    public sealed record LeverageRefused(ChainError Error) : SubaccountRefusal
    {
        /// <inheritdoc/>
        public override string Code => Error.Code;

        /// <inheritdoc/>
        public override string Message => $"{Error.Message} Choose a larger fraction, or deposit first.";
    }

    /// <summary>Quote quantums in USDC, exactly.</summary>
    private static string Usdc(BigInteger quantums)
    {
        var digits = BigInteger.Abs(quantums).ToString("D7", CultureInfo.InvariantCulture);
        var cents = digits[^6..].TrimEnd('0');
        var point = cents.Length == 0 ? string.Empty : ".";
        return $"{(quantums.Sign < 0 ? "-" : string.Empty)}{digits[..^6]}{point}{cents}";
    }
}

using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>How the chain says no to moves of money and to chosen leverage, in its own codes.</summary>
/// <remarks>Source: the protocol's error codes; the words are ours.</remarks>
internal static class LedgerRefusals
{
    /// <summary>The wallet, or a pool, has not got what it would have to pay.</summary>
    public static TxResult InsufficientFunds(Int128 held, long asked) =>
        new("sdk", 5, $"{held} quote quantums are less than {asked}");

    /// <summary>From a subaccount to itself.</summary>
    public static TxResult SenderIsRecipient(SubaccountKey key) =>
        new("sending", 1, $"subaccount {key.Owner}/{key.Number} is both sender and recipient");

    /// <summary>Nothing, or less than that.</summary>
    public static TxResult InvalidAmount(long asked) =>
        new("sending", 2, $"an amount of {asked} quote quantums is not positive");

    /// <summary>Not an owner that the chain knows.</summary>
    public static TxResult InvalidAddress(int owner) => new("sending", 6, $"there is no owner {owner}");

    /// <summary>Subaccounts end at a number.</summary>
    public static TxResult NumberTooHigh(SubaccountKey key) =>
        new("subaccounts", 200, $"subaccount number {key.Number} is not 0 to {LedgerAccounts.MostNumber}");

    /// <summary>The updates of the subaccounts do not pass.</summary>
    public static TxResult UpdateFailed(UpdateResult result) =>
        new("subaccounts", 102, $"failed to apply subaccount updates: {result}");

    /// <summary>No such market.</summary>
    public static TxResult UnknownClobPair(int pair) => new("clob", 8, $"there is no clob pair {pair}");

    /// <summary>The choice itself makes no sense.</summary>
    public static TxResult InvalidLeverage(string why) => new("clob", 11002, why);

    /// <summary>More leverage than the market gives anybody.</summary>
    public static TxResult LeverageExceedsMaximum(int pair, uint chosen, long least) =>
        new("subaccounts", 701, $"clob pair {pair}: an initial margin of {chosen} ppm is below {least} ppm");

    /// <summary>The account would not cover its initial margin with it.</summary>
    public static TxResult LeverageViolatesMargin(Int128 initial, Int128 collateral) =>
        new("subaccounts", 703, $"an initial margin of {initial} is more than {collateral}");
}

using System.Collections.Immutable;

namespace Perpkeel.Venues.Dydx.Errors;

/// <summary>Codes of permissioned keys, subaccounts, transfers and revenue shares.</summary>
internal static class ModuleErrors
{
    /// <summary>The rows.</summary>
    public static ImmutableArray<ChainError> Rows { get; } =
    [
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 1, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The authenticator does not exist.",
            "List the owner's authenticators; it may have been removed."),
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 2, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The account address is invalid.",
            "Check the owner's address."),
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 3, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The authenticator's data is longer than 1024 bytes.",
            "Name fewer markets or subaccounts."),
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 4, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "Permissioned keys are switched off on this chain.",
            "Sign with the owner's key."),
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 5, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The authenticator cannot be set up.",
            "Check its types, its signature check and its nesting."),
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 6, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The transaction has several signers.",
            "Sign with one key."),
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 100, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The permissioned key's signature does not verify.",
            "Check the owner's account number, the chain id and the key."),
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 101, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The authenticator does not permit this message type.",
            "Sign with the owner's key."),
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 102, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The authenticator does not permit this market.",
            "Use a permitted market, or a new authenticator."),
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 103, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The authenticator does not permit this subaccount.",
            "Use a permitted subaccount, or a new authenticator."),
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 104, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "A part of the authenticator refused.",
            "Read the chain's text: a signature means wrong owner, chain or key; this is no sequence "
            + "fault, whatever numbers it prints."),
        ChainErrorTable.Row(
            ChainCodes.Accountplus, 105, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "No alternative of the authenticator agreed.",
            "Check message type, market and subaccount against it."),
        ChainErrorTable.Row(
            ChainCodes.Subaccounts, 101, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The same subaccount is updated twice.",
            "Report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Subaccounts, 102, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The subaccount cannot take the change, typically for want of collateral.",
            "Add collateral or move less."),
        ChainErrorTable.Row(
            ChainCodes.Subaccounts, 200, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The subaccount number is above 128000.",
            "Use a lower number."),
        ChainErrorTable.Row(
            ChainCodes.Subaccounts, 201, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The subaccount's owner is invalid.",
            "Check the address."),
        ChainErrorTable.Row(
            ChainCodes.Subaccounts, 500, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The amount of a transfer is not positive.",
            "Give an amount above zero."),
        ChainErrorTable.Row(
            ChainCodes.Subaccounts, 700, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The leverage is invalid.",
            "Give 1 to 1,000,000 ppm."),
        ChainErrorTable.Row(
            ChainCodes.Subaccounts, 701, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The leverage is above the market's maximum.",
            "Give a larger initial margin fraction."),
        ChainErrorTable.Row(
            ChainCodes.Subaccounts, 702, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The initial margin is zero.",
            "Give a larger initial margin fraction."),
        ChainErrorTable.Row(
            ChainCodes.Subaccounts, 703, ChainOutcome.NotDone, ChainOutcome.Unknown,
            "The present positions would not meet the new margin.",
            "Reduce the positions or add collateral first."),
        ChainErrorTable.Row(
            ChainCodes.Sending, 1, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "Sender and recipient are the same.",
            "Name another subaccount."),
        ChainErrorTable.Row(
            ChainCodes.Sending, 2, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The amount is invalid.",
            "Give an amount above zero."),
        ChainErrorTable.Row(
            ChainCodes.Sending, 5, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "A field is missing.",
            "Report this as a fault of the client."),
        ChainErrorTable.Row(
            ChainCodes.Sending, 6, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "An address is invalid.",
            "Check the addresses."),
        ChainErrorTable.Row(
            ChainCodes.Sending, 1101, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "Only USDC can be moved.",
            "Use asset 0."),
        ChainErrorTable.Row(
            ChainCodes.Revshare, 8, ChainOutcome.NotDone, ChainOutcome.NotDone,
            "The order router is not registered.",
            "Leave the router out; it has to be voted in."),
    ];
}

namespace Perpkeel.Venues.Dydx.Errors;

/// <summary>Codes that other code refers to by name.</summary>
public static class ChainCodes
{
    /// <summary>Codespace of the Cosmos SDK.</summary>
    public const string Sdk = "sdk";

    /// <summary>Codespace of the order book.</summary>
    public const string Clob = "clob";

    /// <summary>Codespace of permissioned keys.</summary>
    public const string Accountplus = "dydxaccountplus";

    /// <summary>Codespace of subaccounts.</summary>
    public const string Subaccounts = "subaccounts";

    /// <summary>Codespace of transfers.</summary>
    public const string Sending = "sending";

    /// <summary>Codespace of revenue shares.</summary>
    public const string Revshare = "revshare";

    /// <summary>Codespace of panics and of errors without a code.</summary>
    public const string Undefined = "undefined";

    /// <summary>Signature, account number or chain id is wrong.</summary>
    public static ChainCode Unauthorized => new(Sdk, 4);

    /// <summary>The gas limit was used up.</summary>
    public static ChainCode OutOfGas => new(Sdk, 11);

    /// <summary>The memo is too long.</summary>
    public static ChainCode MemoTooLarge => new(Sdk, 12);

    /// <summary>Messages that do not belong together, or a wrong number of authenticators.</summary>
    public static ChainCode InvalidRequest => new(Sdk, 18);

    /// <summary>The node has this very transaction already.</summary>
    public static ChainCode AlreadyInMempool => new(Sdk, 19);

    /// <summary>Sequence or timestamp nonce is refused.</summary>
    public static ChainCode WrongSequence => new(Sdk, 32);

    /// <summary>No side.</summary>
    public static ChainCode InvalidSide => new(Clob, 3);

    /// <summary>No quantums.</summary>
    public static ChainCode InvalidQuantums => new(Clob, 4);

    /// <summary>No good-til-block.</summary>
    public static ChainCode NoGoodTilBlock => new(Clob, 5);

    /// <summary>No subticks.</summary>
    public static ChainCode InvalidSubticks => new(Clob, 6);

    /// <summary>The good-til-block lies in the past.</summary>
    public static ChainCode GoodTilBlockPast => new(Clob, 10);

    /// <summary>The good-til-block lies too far ahead.</summary>
    public static ChainCode GoodTilBlockTooFar => new(Clob, 11);

    /// <summary>Off the market's grid, or a TWAP of wrong measures.</summary>
    public static ChainCode OffTheGrid => new(Clob, 12);

    /// <summary>A replacement that changes what it may not, or does not outlive what it replaces.</summary>
    public static ChainCode InvalidReplacement => new(Clob, 20);

    /// <summary>A cancel that would end before its order.</summary>
    public static ChainCode CancelEndsTooEarly => new(Clob, 29);

    /// <summary>An unknown time in force.</summary>
    public static ChainCode InvalidTimeInForce => new(Clob, 44);

    /// <summary>A batch cancel of wrong measures.</summary>
    public static ChainCode InvalidBatchCancel => new(Clob, 45);

    /// <summary>Fill-or-kill, which the chain no longer takes.</summary>
    public static ChainCode DeprecatedField => new(Clob, 48);

    /// <summary>A builder code of wrong measures.</summary>
    public static ChainCode InvalidBuilderCode => new(Clob, 50);

    /// <summary>Flags of no kind of order.</summary>
    public static ChainCode InvalidOrderFlags => new(Clob, 3000);

    /// <summary>No good-til-block-time.</summary>
    public static ChainCode NoGoodTilBlockTime => new(Clob, 3001);

    /// <summary>A long-term order with immediate-or-cancel.</summary>
    public static ChainCode LongTermImmediate => new(Clob, 3002);

    /// <summary>The good-til-block-time lies in the past.</summary>
    public static ChainCode GoodTilTimePast => new(Clob, 3003);

    /// <summary>The good-til-block-time lies too far ahead.</summary>
    public static ChainCode GoodTilTimeTooFar => new(Clob, 3004);

    /// <summary>Too many in a block.</summary>
    public static ChainCode BlockRateLimit => new(Clob, 5001);

    /// <summary>A condition where none may be, or none where one must be.</summary>
    public static ChainCode InvalidCondition => new(Clob, 6000);

    /// <summary>A trigger where none may be, or none where one must be.</summary>
    public static ChainCode InvalidTrigger => new(Clob, 6001);

    /// <summary>Reduce-only without immediate-or-cancel.</summary>
    public static ChainCode ReduceOnlyNotImmediate => new(Clob, 9003);

    /// <summary>More open stateful orders than the equity allows.</summary>
    public static ChainCode EquityTier => new(Clob, 10001);

    /// <summary>The order router is no address.</summary>
    public static ChainCode InvalidRouter => new(Clob, 11000);

    /// <summary>An initial margin fraction outside 1 to 1,000,000 ppm, or a list of wrong measures.</summary>
    public static ChainCode InvalidLeverage => new(Clob, 11002);

    /// <summary>The data of an authenticator is too long.</summary>
    public static ChainCode AuthenticatorTooLong => new(Accountplus, 3);

    /// <summary>An authenticator is malformed.</summary>
    public static ChainCode AuthenticatorMalformed => new(Accountplus, 5);

    /// <summary>A subaccount number above 128000.</summary>
    public static ChainCode SubaccountNumber => new(Subaccounts, 200);

    /// <summary>A subaccount without a valid owner.</summary>
    public static ChainCode SubaccountOwner => new(Subaccounts, 201);

    /// <summary>A transfer to itself.</summary>
    public static ChainCode TransferToSelf => new(Sending, 1);

    /// <summary>A transfer of nothing.</summary>
    public static ChainCode TransferAmount => new(Sending, 2);
}

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>How the chain says no to transactions and orders, in its own codes.</summary>
/// <remarks>Source: the protocol's error codes (section 11); the words are ours.</remarks>
internal static class OrderRefusals
{
    /// <summary>The clob module's no.</summary>
    public static TxResult Clob(int code, string why) => new("clob", code, why);

    /// <summary>Signed by somebody who may not.</summary>
    public static TxResult Unauthorized(string why) => new("sdk", 4, why);

    /// <summary>
    /// Messages that may not be in one transaction, or not as many authenticators as messages.
    /// </summary>
    public static TxResult InvalidRequest(string why) => new("sdk", 18, why);

    /// <summary>The same bytes are known already.</summary>
    public static TxResult InMempoolCache => new("sdk", 19, "tx already exists in cache");

    /// <summary>Not the next sequence, or a timestamp nonce that is not good.</summary>
    public static TxResult WrongSequence(string why) => new("sdk", 32, why);

    /// <summary>No such owner.</summary>
    public static TxResult InvalidOwner(SubaccountKey key) =>
        new("subaccounts", 201, $"there is no owner {key.Owner}");

    /// <summary>The id was cancelled for as long as the order would live.</summary>
    public static TxResult IsCancelled(uint til) => Clob(7, $"order is cancelled until block {til}");

    /// <summary>The pair does not exist.</summary>
    public static TxResult UnknownPair(int pair) => Clob(8, $"there is no clob pair {pair}");

    /// <summary>A cancel that reaches as far is remembered already.</summary>
    public static TxResult CancelKnown(uint til) => Clob(9, $"a cancel until block {til} exists");

    /// <summary>Good til a block that is over.</summary>
    public static TxResult GoodTilBlockPast(uint til, uint next) =>
        Clob(10, $"good til block {til} is before the next block {next}");

    /// <summary>Good til a block too far away.</summary>
    public static TxResult GoodTilBlockTooFar(uint til, uint most) =>
        Clob(11, $"good til block {til} is beyond {most}");

    /// <summary>Not on the grid of the pair, or against the rules of a TWAP.</summary>
    public static TxResult OffGrid(string why) => Clob(12, why);

    /// <summary>Does not replace what rests under the same id.</summary>
    public static TxResult InvalidReplacement(string why) => Clob(20, why);

    /// <summary>Nothing is left of this id.</summary>
    public static TxResult FullyFilled(long filled) => Clob(24, $"{filled} base quantums are filled already");

    /// <summary>The market's status does not allow it.</summary>
    public static TxResult StatusForbids(string why) => Clob(34, why);

    /// <summary>The node has just started.</summary>
    public static TxResult NotReady => Clob(47, "the order book is not ready");

    /// <summary>A batch that is no batch.</summary>
    public static TxResult InvalidBatch(string why) => Clob(45, why);

    /// <summary>Good til a time that is over.</summary>
    public static TxResult GoodTilTimePast(uint til, long last) =>
        Clob(3003, $"good til {til} is not after the last block's time {last}");

    /// <summary>Good til a time too far away.</summary>
    public static TxResult GoodTilTimeTooFar(uint til, long most) =>
        Clob(3004, $"good til {til} is beyond {most}");

    /// <summary>A stateful order of this id exists.</summary>
    public static TxResult StatefulExists => Clob(3005, "a stateful order of this id exists");

    /// <summary>No stateful order of this id.</summary>
    public static TxResult StatefulNotThere => Clob(3006, "no stateful order of this id");

    /// <summary>The subaccount could not carry the whole order.</summary>
    public static TxResult NotCollateralized(string why) => Clob(3007, why);

    /// <summary>The id is being cancelled in this block.</summary>
    public static TxResult CancelledInBlock => Clob(3008, "the id is cancelled in this block");

    /// <summary>The order to be cancelled was removed in this block.</summary>
    public static TxResult CancelOfRemoved => Clob(3010, "the order was removed in this block");

    /// <summary>Too much in too few blocks.</summary>
    public static TxResult RateLimited(int owner, BlockRate rate) =>
        Clob(5001, $"owner {owner} exceeds {rate.Limit} in {rate.Blocks} blocks");

    /// <summary>As many stateful orders as the equity allows.</summary>
    public static TxResult EquityTier(int open, int limit) =>
        Clob(10001, $"{open} stateful orders are open and {limit} are allowed");
}

namespace Perpkeel.Testing.Chains;

/// <summary>An answer of the chain.</summary>
internal readonly record struct Answer(string Codespace, uint Code, string Log)
{
    public static Answer Ok => new(string.Empty, 0, string.Empty);

    public static Answer Sdk(uint code, string log) => new("sdk", code, log);

    public static Answer Clob(uint code, string log) => new("clob", code, log);
}

/// <summary>An order or cancel of a transaction.</summary>
internal sealed record LocalOrder(string Id, string Owner, uint Flags, uint GoodTilBlock, uint GoodTilTime);

/// <summary>A message, taken apart.</summary>
internal sealed record LocalMessage(string Type, Wire Body)
{
    private const string Book = "/dydxprotocol.clob.";

    public bool IsPlace => Type.EndsWith("MsgPlaceOrder", StringComparison.Ordinal);

    public bool IsCancel => Type.EndsWith("MsgCancelOrder", StringComparison.Ordinal);

    public bool IsBatch => Type.EndsWith("MsgBatchCancel", StringComparison.Ordinal);

    public bool IsTransfer => Type.EndsWith("MsgCreateTransfer", StringComparison.Ordinal);

    public bool IsOfTheBook => Type.StartsWith(Book, StringComparison.Ordinal);

    public bool IsShortTerm => IsBatch || Order is { Flags: 0 };

    public LocalOrder? Order =>
        IsPlace ? Read(Body.Message(1), 1, 5, 6) : IsCancel ? Read(Body, 1, 2, 3) : null;

    public string Owner => Type[(Type.LastIndexOf('.') + 1)..] switch
    {
        "MsgPlaceOrder" or "MsgCancelOrder" => Order!.Owner,
        "MsgBatchCancel" or "MsgUpdateLeverage" => Body.Message(1).Text(1),
        "MsgCreateTransfer" => Body.Message(1).Message(1).Text(1),
        "MsgWithdrawFromSubaccount" => Body.Message(2).Text(1),
        _ => Body.Text(1),
    };

    /// <summary>The end of what is short-term.</summary>
    public uint Block => IsBatch ? (uint)Body.Number(3) : Order!.GoodTilBlock;

    private static LocalOrder Read(Wire holder, int id, int block, int time)
    {
        var key = holder.Message(id);
        return new LocalOrder(
            Convert.ToHexString(holder.Bytes(id)), key.Message(1).Text(1), (uint)key.Number(3),
            (uint)holder.Number(block), (uint)holder.Number(time));
    }
}

/// <summary>A transaction, taken apart.</summary>
internal sealed record LocalTx(
    string Hash, List<LocalMessage> Messages, List<ulong>? Authenticators, byte[] PublicKey, ulong Sequence,
    ulong GasLimit, string FeeDenom, decimal FeeAmount, byte[] Body, byte[] AuthInfo, byte[] Signature)
{
    private static readonly string[] Known =
    [
        "/dydxprotocol.clob.MsgPlaceOrder", "/dydxprotocol.clob.MsgCancelOrder",
        "/dydxprotocol.clob.MsgBatchCancel", "/dydxprotocol.clob.MsgUpdateLeverage",
        "/dydxprotocol.sending.MsgCreateTransfer", "/dydxprotocol.sending.MsgDepositToSubaccount",
        "/dydxprotocol.sending.MsgWithdrawFromSubaccount", "/cosmos.bank.v1beta1.MsgSend",
        "/dydxprotocol.accountplus.MsgAddAuthenticator", "/dydxprotocol.accountplus.MsgRemoveAuthenticator",
    ];

    public bool HasKnownTypes => Messages.TrueForAll(
        message => Known.Contains(message.Type, StringComparer.Ordinal));

    public static LocalTx Read(byte[] bytes, string hash)
    {
        var raw = Wire.Read(bytes);
        var (body, info) = (raw.Message(1), raw.Message(2));
        var signer = info.Message(1);
        var fee = info.Message(2);
        var coin = fee.Has(1) ? fee.Message(1) : null;
        return new LocalTx(
            hash,
            [
                .. body.All(1).Select(one => Wire.Read(one))
                    .Select(any => new LocalMessage(any.Text(1), any.Message(2))),
            ],
            body.Has(2047) ? body.Message(2047).Message(2).Numbers(1) : null,
            signer.Message(1).Message(2).Bytes(1), signer.Number(3), fee.Number(2),
            coin?.Text(1) ?? string.Empty,
            coin is null
                ? 0m
                : decimal.Parse(coin.Text(2), System.Globalization.CultureInfo.InvariantCulture),
            raw.Bytes(1), raw.Bytes(2), raw.Bytes(3));
    }

    /// <summary>What the signature covers.</summary>
    public byte[] SignBytes(string chainId, ulong accountNumber) =>
    [
        .. Wire.Of(1, Body), .. Wire.Of(2, AuthInfo), .. Wire.Of(3, chainId),
        .. accountNumber == 0 ? [] : Wire.Of(4, accountNumber),
    ];
}

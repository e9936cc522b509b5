using System.Security.Cryptography;

namespace Perpkeel.Testing.Chains;

/// <summary>An account of the local chain.</summary>
internal sealed record LocalAccount(string Address, byte[] PublicKey, ulong Number)
{
    public ulong Sequence { get; set; }

    public LocalNonces Nonces { get; } = new();

    /// <summary>Keys that may place and cancel, by the numbers of their rules.</summary>
    public Dictionary<ulong, (byte[] PublicKey, byte[] Config)> Permissions { get; } = [];
}

/// <summary>
/// What a node checks before it takes a transaction: form, owner, signature, nonce, good-til windows,
/// budgets, mixture, fee. Written from the rules of the chain, with no code of the client.
/// </summary>
internal sealed class LocalChain(string chainId, DateTimeOffset start)
{
    public const string Usdc = "ibc/8E27BA2D5493AF5636760E354E46004562C46AB7EC0CC4C1CA14E9E20E2545B5";
    public const uint ShortBlockWindow = 40;
    public const ulong SimulatedGas = 100_000;

    private readonly Dictionary<string, LocalAccount> _accounts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LocalOrder> _stored = new(StringComparer.Ordinal);
    private readonly List<LocalTx> _memory = [];
    private readonly Dictionary<string, (uint Height, Answer Result)> _included = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private ulong _nextRule;

    public string ChainId => chainId;

    public uint Height { get; private set; } = 1_000;

    public DateTimeOffset Time { get; private set; } = start;

    public LocalBudget Placements { get; } = new([(1, 2), (100, 20)]);

    public LocalBudget ShortTerm { get; } = new([(5, 4_000)]);

    /// <summary>The gas that a simulation says is used.</summary>
    public ulong GasSaid { get; set; } = SimulatedGas;

    /// <summary>Gas below which a transaction fails, whatever a simulation said.</summary>
    public ulong GasNeeded { get; set; } = SimulatedGas;

    /// <summary>What the next transaction is answered, whatever it is; null for the rules.</summary>
    public Answer? NextAnswer { get; set; }

    /// <summary>Every answer, in order.</summary>
    public List<Answer> Answers { get; } = [];

    /// <summary>Distinct short-term transactions that were taken.</summary>
    public HashSet<string> ShortTermTaken { get; } = new(StringComparer.Ordinal);

    public int StoredOrders => _stored.Count;

    public LocalAccount Add(string address, byte[] publicKey)
    {
        var account = new LocalAccount(address, publicKey, (ulong)_accounts.Count + 7);
        return _accounts[address] = account;
    }

    public LocalAccount? Account(string address) => _accounts.GetValueOrDefault(address);

    public (uint Height, Answer Result)? Included(string hash) =>
        _included.TryGetValue(hash, out var found) ? found : null;

    public bool IsStored(byte[] orderId) => _stored.ContainsKey(Convert.ToHexString(orderId));

    /// <summary>An order that is there from the beginning.</summary>
    public void Store(byte[] orderId, string owner, uint flags, uint goodTilTime) =>
        _stored[Convert.ToHexString(orderId)] =
            new LocalOrder(Convert.ToHexString(orderId), owner, flags, 0, goodTilTime);

    /// <summary>A block takes what the memory holds.</summary>
    public void Commit(TimeSpan blockTime)
    {
        lock (_gate)
        {
            Height++;
            Time += blockTime;
            foreach (var tx in _memory)
            {
                _included[tx.Hash] = (Height, Answer.Ok);
                Apply(tx);
            }

            _memory.Clear();
        }
    }

    public Answer Check(byte[] bytes)
    {
        lock (_gate)
        {
            var answer = NextAnswer ?? CheckOnce(bytes);
            NextAnswer = null;
            Answers.Add(answer);
            return answer;
        }
    }

    /// <summary>What a simulation refuses: the form and the nonce.</summary>
    public Answer Simulate(byte[] bytes)
    {
        var tx = LocalTx.Read(bytes, string.Empty);
        if (Account(tx.Messages[0].Owner) is not { } owner) return Answer.Sdk(9, "unknown address");
        return tx.Sequence >= 1UL << 40 || tx.Sequence == owner.Sequence
            ? Answer.Ok
            : Answer.Sdk(32, "account sequence mismatch");
    }

    private Answer CheckOnce(byte[] bytes)
    {
        var hash = Convert.ToHexString(SHA256.HashData(bytes));
        LocalTx tx;
        try
        {
            tx = LocalTx.Read(bytes, hash);
        }
        catch (FormatException fault)
        {
            return Answer.Sdk(2, fault.Message);
        }

        if (!_seen.Add(hash)) return Answer.Sdk(19, "tx already exists in cache");
        if (!tx.HasKnownTypes) return Answer.Sdk(6, "unknown type URL");
        if (tx.Messages.Exists(message => message.IsShortTerm) && tx.Messages.Count > 1)
        {
            return Answer.Sdk(18, "a short term message must be alone");
        }

        if (IsMixed(tx)) return Answer.Sdk(18, "messages of several kinds");
        var owner = tx.Messages[0].Owner;
        if (Account(owner) is not { } account) return Answer.Sdk(9, $"account {owner} not found");
        if (!tx.Messages[0].IsShortTerm && TakeNonce(account, tx) is { } wrong) return wrong;
        if (Signer(account, tx, out var key) is { } unknown) return unknown;
        if (!SignatureCheck.IsGood(key, tx.SignBytes(chainId, account.Number), tx.Signature))
        {
            return Answer.Sdk(4, "signature verification failed; verify account number and chain-id");
        }

        if (!tx.Messages.Exists(message => message.IsOfTheBook) && IsUnderpaid(tx))
        {
            return Answer.Sdk(13, "insufficient fees");
        }

        if (tx.GasLimit < GasNeeded) return Answer.Sdk(11, "out of gas");
        return tx.Messages[0].IsShortTerm ? TakeShortTerm(owner, tx) : TakeStateful(owner, tx);
    }

    private static bool IsMixed(LocalTx tx)
    {
        if (!tx.Messages.Exists(message => message.IsOfTheBook)) return false;
        var others = tx.Messages.FindAll(message => !message.IsOfTheBook);
        return others.Count > 1 || others.Exists(message => !message.IsTransfer);
    }

    private static bool IsUnderpaid(LocalTx tx) =>
        !string.Equals(tx.FeeDenom, Usdc, StringComparison.Ordinal) || tx.FeeAmount < tx.GasLimit * 0.025m;

    private Answer? TakeNonce(LocalAccount account, LocalTx tx)
    {
        if (tx.Sequence >= 1UL << 40)
        {
            return account.Nonces.Take(tx.Sequence, (ulong)Time.ToUnixTimeMilliseconds()) is { } fault
                ? Answer.Sdk(32, fault)
                : null;
        }

        if (tx.Sequence != account.Sequence)
        {
            return Answer.Sdk(
                32, $"account sequence mismatch, expected {account.Sequence}, got {tx.Sequence}");
        }

        account.Sequence++;
        return null;
    }

    private static Answer? Signer(LocalAccount account, LocalTx tx, out byte[] key)
    {
        key = account.PublicKey;
        if (tx.Authenticators is not { Count: > 0 } rules)
        {
            return tx.PublicKey.AsSpan().SequenceEqual(account.PublicKey)
                ? null
                : Answer.Sdk(8, "the public key is not the account's");
        }

        if (rules.Count != tx.Messages.Count) return Answer.Sdk(18, "one authenticator for each message");
        foreach (var (rule, message) in rules.Zip(tx.Messages))
        {
            if (!account.Permissions.TryGetValue(rule, out var permission))
            {
                return new Answer("dydxaccountplus", 1, "authenticator not found");
            }

            if (message is { IsPlace: false, IsCancel: false, IsBatch: false })
            {
                return new Answer("dydxaccountplus", 101, "message type not permitted");
            }

            key = permission.PublicKey;
        }

        return null;
    }

    private Answer TakeShortTerm(string owner, LocalTx tx)
    {
        var (next, end) = (Height + 1, tx.Messages[0].Block);
        if (end < next) return Answer.Clob(10, $"good til block {end} is before {next}");
        if (end > next + ShortBlockWindow) return Answer.Clob(11, $"good til block {end} is too far");
        if (ShortTerm.IsExceeded(owner, next, tx.Messages[0].IsBatch ? 2 : 1))
        {
            return Answer.Clob(5001, "block rate limit");
        }

        ShortTermTaken.Add(tx.Hash);
        return Answer.Ok;
    }

    private Answer TakeStateful(string owner, LocalTx tx)
    {
        var placements = tx.Messages.Count(message => message.IsPlace);
        if (placements > 0 && Placements.IsExceeded(owner, Height + 1, placements))
        {
            return Answer.Clob(5001, $"{owner} places too often");
        }

        foreach (var message in tx.Messages.Where(message => message.Order is not null))
        {
            var order = message.Order!;
            if (order.GoodTilTime <= Time.ToUnixTimeSeconds()) return Answer.Clob(3003, "good til time past");
            if (order.GoodTilTime > Time.AddDays(95).ToUnixTimeSeconds()) return Answer.Clob(3004, "too far");
            if (message.IsPlace && _stored.ContainsKey(order.Id)) return Answer.Clob(3005, "exists");
            if (!message.IsCancel) continue;
            if (!_stored.TryGetValue(order.Id, out var stored)) return Answer.Clob(3006, "not there");
            if (order.GoodTilTime < stored.GoodTilTime)
            {
                return Answer.Clob(29, "cancel ends before its order");
            }
        }

        _memory.Add(tx);
        return Answer.Ok;
    }

    private void Apply(LocalTx tx)
    {
        foreach (var message in tx.Messages)
        {
            if (message.IsPlace) _stored[message.Order!.Id] = message.Order;
            else if (message.IsCancel) _stored.Remove(message.Order!.Id);
            else if (message.Type.EndsWith("MsgAddAuthenticator", StringComparison.Ordinal))
            {
                var config = message.Body.Bytes(3);
                Account(message.Owner)!.Permissions[_nextRule++] = (LocalRules.KeyOf(config), config);
            }
            else if (message.Type.EndsWith("MsgRemoveAuthenticator", StringComparison.Ordinal))
            {
                Account(message.Owner)!.Permissions.Remove(message.Body.Number(2));
            }
        }
    }
}

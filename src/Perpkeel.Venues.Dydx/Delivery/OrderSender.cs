using System.Diagnostics;
using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Timing;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Venues.Dydx.Delivery;

/// <summary>
/// Everything that one owner sends: short-term orders at once and without a sequence, all else with timestamp
/// nonces and inside the chain's budget of placements. Nothing is ever sent twice by itself. Safe to share
/// between threads; the key must outlive it.
/// </summary>
[DebuggerDisplay("{Account} (key is secret)")]
public sealed class OrderSender
{
    private readonly NodeClient _client;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly KeyPair _key;

    private readonly SenderOptions _options;
    private readonly TimestampNonces _nonces;
    private readonly NonceWindow _window;
    private readonly SentTransactions _sent;
    private readonly PlacementBudget _budget;

    private OrderSender(
        NodeClient client, KeyPair key, SenderOptions options, AccountFacts account,
        PlacementSchedule schedule)
    {
        _client = client;
        _key = key;
        _options = options;
        Account = account;
        _nonces = new TimestampNonces(options.NonceOffset, options.NoncesAfter);
        _window = new NonceWindow(_nonces, client.Time);
        _sent = new SentTransactions(client);
        _budget = new PlacementBudget(client, schedule, new OwnOrders(client.Book, _sent));
    }

    /// <summary>The owner.</summary>
    public AccountFacts Account { get; }

    /// <summary>
    /// Reads what sending needs to know: the account's number, the limits of the chain and its clock. A key
    /// of another network or account is refused.
    /// </summary>
    public static async Task<Result<OrderSender, SendError>> OpenAsync(
        NodeClient client, NetworkKey networkKey, SenderOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(networkKey);
        ArgumentNullException.ThrowIfNull(options);
        if (!networkKey.For(client.Settings.Network).TryGet(out var key, out var wrong))
        {
            return new SendError.WrongKey(wrong);
        }

        var owner = options.Owner ?? key.Address;
        if (options.Authenticator is null && !key.For(owner).TryGet(out _, out wrong))
        {
            return new SendError.WrongKey(wrong);
        }

        var polled = await client.PollAsync(cancellation);
        if (!polled.TryGet(out _, out var error)) return new SendError.NoNode(error);
        var asked = await client.Accounts.AccountAsync(owner, cancellation);
        if (!asked.TryGet(out var account, out error)) return new SendError.NoNode(error);
        var limited = await client.Book.BlockLimitsAsync(cancellation);
        if (!limited.TryGet(out var limits, out error)) return new SendError.NoNode(error);
        var tiered = await client.Book.EquityTiersAsync(cancellation);
        if (!tiered.TryGet(out var tiers, out error)) return new SendError.NoNode(error);
        return new OrderSender(
            client, key, options, account,
            new PlacementSchedule(limits.StatefulPlacements, tiers, options.GuardBlocks));
    }

    /// <summary>
    /// Sends a short-term order, cancel or batch cancel now. It waits for nothing and blocks nothing.
    /// </summary>
    public async Task<Result<Sent, SendError>> SendShortTermAsync(
        IMessage message, CancellationToken cancellation)
    {
        if (!TxRules.IsShortTerm(message))
        {
            return new SendError.WrongWay("Only short-term orders and cancels go without a nonce.");
        }

        if (!_client.Clock.Now(_client.Time.GetUtcNow()).TryGet(out var block, out var silent))
        {
            return new SendError.NotNow(silent);
        }

        if (EndOf(message) is { } end && end <= block.Height)
        {
            return new SendError.NotNow(TimingError.BlockPast(end, block.Height));
        }

        return await BroadcastAsync([message], 0, null, TxFee.Free, cancellation);
    }

    /// <summary>
    /// Sends placements and cancels of stored orders, leverage, or a transfer with them. Placements wait for
    /// the block in which the chain's budget has room for them; the rest goes at once.
    /// </summary>
    /// <param name="messages">
    /// One transaction: all or nothing. Its placements are of one subaccount.
    /// </param>
    /// <param name="room">
    /// What the subaccount has, without the orders that this sender placed: those it counts by itself.
    /// </param>
    /// <param name="cancellation">
    /// Gives up. While it waits, that throws and nothing was sent; once it is under way, the outcome is
    /// unknown and the error carries the bytes.
    /// </param>
    public async Task<Result<Sent, SendError>> SendStatefulAsync(
        IReadOnlyList<IMessage> messages, StatefulRoom room, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Any(TxRules.IsShortTerm))
        {
            return new SendError.WrongWay("Short-term orders and cancels go alone and without a nonce.");
        }

        if (!messages.Any(TxRules.IsOfTheBook))
        {
            return new SendError.WrongWay("Without an order the transaction costs a fee: send it as paid.");
        }

        var places = messages.OfType<MsgPlaceOrder>().ToList();
        if (places.Count == 0) return await SendInTurnAsync(messages, TxFee.Free, cancellation);
        if (places.Exists(place => place.Order?.OrderId?.SubaccountId is null))
        {
            return new SendError.WrongWay("An order without an id or a subaccount places nothing.");
        }

        if (places.Exists(place => !place.Order.OrderId.SubaccountId.Equals(
            places[0].Order.OrderId.SubaccountId)))
        {
            return new SendError.WrongWay(
                "Each subaccount has an equity of its own: send its placements in a transaction of its own.");
        }

        return await _budget.SpendAsync(
            messages, room, isDue => SendInTurnAsync(messages, TxFee.Free, isDue, cancellation),
            cancellation);
    }

    /// <summary>
    /// Sends what costs a fee: transfers, deposits, withdrawals, coins, permissions. The fee is that of a
    /// simulation with a margin; where the chain still finds too little gas, it is sent once more with twice
    /// the limit.
    /// </summary>
    public async Task<Result<Sent, SendError>> SendPaidAsync(
        IReadOnlyList<IMessage> messages, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Any(TxRules.IsOfTheBook))
        {
            return new SendError.WrongWay("Orders, cancels and leverage are free: send them without a fee.");
        }

        var estimated = await EstimateAsync(messages, cancellation);
        if (!estimated.TryGet(out var fee, out var error)) return error;
        var sent = await SendInTurnAsync(messages, fee, cancellation);
        return !sent.TryGet(out _, out error) && IsOutOfGas(error)
            ? await SendInTurnAsync(
                messages, TxFee.InUsdc(_client.Settings.Network, 2 * fee.GasLimit), cancellation)
            : sent;
    }

    /// <summary>The fee of messages, by simulation.</summary>
    public async Task<Result<TxFee, SendError>> EstimateAsync(
        IReadOnlyList<IMessage> messages, CancellationToken cancellation)
    {
        var entered = await EnterAsync(cancellation);
        if (!entered.TryGet(out var turn, out var notNow)) return new SendError.NotNow(notNow);
        try
        {
            var context = Context(messages.Count, turn.Nonce, TxFee.Free);
            if (!TxBuilder.Build(messages, context, _key.PublicKey).TryGet(out var draft, out var fault))
            {
                return new SendError.NoTransaction(fault);
            }

            var simulated = await _client.Transactions.SimulateAsync(draft, cancellation);
            if (!simulated.TryGet(out var gas, out var error)) return new SendError.NoNode(error);
            if (gas > _options.MostGas) return new SendError.TooMuchGas(gas, _options.MostGas);
            var limit = TxFee.GasLimitFor(gas, TxFee.MarginFor(messages));
            return TxFee.InUsdc(_client.Settings.Network, limit);
        }
        finally
        {
            _window.Leave(turn);
        }
    }

    /// <summary>
    /// Sends the very bytes of a transaction whose outcome is not known once more. Nothing else may be sent
    /// in its place.
    /// </summary>
    public Task<Result<Sent, SendError>> SendAgainAsync(Sent unknown, CancellationToken cancellation) =>
        _sent.SendAgainAsync(unknown, cancellation);

    /// <summary>
    /// What became of a transaction with a nonce. Where it is <see cref="Inclusion.Over"/>, it is safe to
    /// send another in its place.
    /// </summary>
    public Task<Result<Inclusion, NodeError>> LookUpAsync(Sent sent, CancellationToken cancellation) =>
        _sent.LookUpAsync(sent, cancellation);

    /// <inheritdoc/>
    public override string ToString() => $"{Account.Address} (key is secret)";

    private static uint? EndOf(IMessage message) => message switch
    {
        MsgPlaceOrder place => place.Order.GoodTilBlock,
        MsgCancelOrder cancel => cancel.GoodTilBlock,
        MsgBatchCancel batch => batch.GoodTilBlock,
        _ => null,
    };

    private static bool IsOutOfGas(SendError error) =>
        error is SendError.Broadcast
        {
            Fault: BroadcastError.Rejected { Fault: var fault, Outcome: ChainOutcome.NotDone },
        }
        && fault.Code == ChainCodes.OutOfGas;

    private async Task<Result<Sent, SendError>> SendInTurnAsync(
        IReadOnlyList<IMessage> messages, TxFee fee, CancellationToken cancellation) =>
        (await SendInTurnAsync(messages, fee, () => true, cancellation))!.Value;

    /// <summary>Null where it was no longer due when its turn came.</summary>
    private async Task<Result<Sent, SendError>?> SendInTurnAsync(
        IReadOnlyList<IMessage> messages, TxFee fee, Func<bool> isDue, CancellationToken cancellation)
    {
        var entered = await EnterAsync(cancellation);
        if (!entered.TryGet(out var turn, out var error)) return new SendError.NotNow(error);
        try
        {
            if (!isDue()) return null;
            return await BroadcastAsync(messages, turn.Nonce, turn.Nonce, fee, cancellation);
        }
        finally
        {
            _window.Leave(turn);
        }
    }

    private Task<Result<NonceTurn, TimingError>> EnterAsync(CancellationToken cancellation)
    {
        if (_client.Clock.Heard is var (block, heardAt)) _nonces.Measure(block.Time, heardAt);
        return _window.EnterAsync(cancellation);
    }

    private async Task<Result<Sent, SendError>> BroadcastAsync(
        IReadOnlyList<IMessage> messages, ulong sequence, ulong? nonce, TxFee fee,
        CancellationToken cancellation)
    {
        var context = Context(messages.Count, sequence, fee);
        if (!TxBuilder.Sign(messages, context, _key).TryGet(out var tx, out var fault))
        {
            return new SendError.NoTransaction(fault);
        }

        var sent = await _client.Transactions.SendAsync(tx, cancellation);
        return sent.TryGet(out _, out var error)
            ? new Sent(tx, nonce)
            : new SendError.Broadcast(error, tx, nonce);
    }

    private TxContext Context(int messages, ulong sequence, TxFee fee)
    {
        var context = new TxContext
        {
            ChainId = _client.Settings.Network.ChainId,
            AccountNumber = Account.Number,
            Sequence = sequence,
            Fee = fee,
        };
        return _options.Authenticator is { } id ? context.Under(id, messages) : context;
    }
}

using Google.Protobuf;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Timing;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Cli.Dydx;

/// <summary>Which way messages go.</summary>
internal enum SendWay
{
    /// <summary>Short-term orders and cancels: no nonce, no fee.</summary>
    ShortTerm = 0,

    /// <summary>Stored orders and their cancels: a nonce, no fee.</summary>
    Stateful,

    /// <summary>All else: a nonce and a fee.</summary>
    Paid,
}

/// <summary>Shows or sends messages, and says what became of them.</summary>
internal sealed class Submission(Surroundings surroundings, ChainSession session)
{
    private const int MostLooks = 40;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>Shows or sends; gives the exit code.</summary>
    public Task<int> ExecuteAsync(
        IReadOnlyList<IMessage> messages, SendWay way, StatefulRoom room, CancellationToken cancellation) =>
        session.Choice.IsDryRun
            ? ShowAsync(messages, way, cancellation)
            : SendAsync(messages, way, room, cancellation);

    private async Task<int> ShowAsync(
        IReadOnlyList<IMessage> messages, SendWay way, CancellationToken cancellation)
    {
        var choice = session.Choice;
        var network = session.Client.Settings.Network;
        var number = choice.AccountNumber;
        if (number is null)
        {
            var asked = await session.Client.Accounts.AccountAsync(session.Owner, cancellation);
            if (!asked.TryGet(out var account, out var fault))
            {
                return Fail($"{fault.Message} With --account-number no node is asked for it.");
            }

            number = account.Number;
        }

        var fee = TxFee.Free;
        if (way == SendWay.Paid)
        {
            if (!(await FeeAsync(messages, cancellation)).TryGet(out var paid, out var error))
            {
                return Fail($"{error.Message} With --gas no node is asked for it.");
            }

            fee = paid;
        }

        var context = new TxContext
        {
            ChainId = network.ChainId,
            AccountNumber = number.Value,
            Sequence = way == SendWay.ShortTerm
                ? choice.Nonce ?? 0
                : choice.Nonce ?? (ulong)surroundings.Wall.GetUtcNow().ToUnixTimeMilliseconds(),
            Fee = fee,
        };
        if (choice.Authenticator is { } id) context = context.Under(id, messages.Count);
        if (!TxBuilder.Sign(messages, context, session.Key.Key).TryGet(out var tx, out var wrong))
        {
            return Fail(wrong.Message);
        }

        if (!TxDecoder.Decode(tx.Bytes.Span).TryGet(out var decoded, out var unreadable))
        {
            return Fail(unreadable.Message);
        }

        surroundings.Tell(TxText.Of(decoded).TrimEnd());
        surroundings.Tell($"bytes: {Convert.ToHexStringLower(tx.Bytes.Span)}");
        surroundings.Tell("Not sent: this is a dry run.");
        return ExitCode.Ok;
    }

    private async Task<Result<TxFee, SendError>> FeeAsync(
        IReadOnlyList<IMessage> messages, CancellationToken cancellation)
    {
        if (session.Choice.Gas is { } gas) return TxFee.InUsdc(session.Client.Settings.Network, gas);
        var opened = await OrderSender.OpenAsync(session.Client, session.Key, session.Options, cancellation);
        return opened.TryGet(out var sender, out var error)
            ? await sender.EstimateAsync(messages, cancellation)
            : error;
    }

    private async Task<int> SendAsync(
        IReadOnlyList<IMessage> messages, SendWay way, StatefulRoom room, CancellationToken cancellation)
    {
        var opened = await OrderSender.OpenAsync(session.Client, session.Key, session.Options, cancellation);
        if (!opened.TryGet(out var sender, out var error)) return Fail(error.Message);
        var sending = way switch
        {
            SendWay.ShortTerm => sender.SendShortTermAsync(messages[0], cancellation),
            SendWay.Stateful => sender.SendStatefulAsync(messages, room, cancellation),
            _ => sender.SendPaidAsync(messages, cancellation),
        };
        if (!(await sending).TryGet(out var sent, out error)) return Fail(error);
        surroundings.Tell($"sent: {sent.Tx.Hash}");
        if (way == SendWay.ShortTerm)
        {
            surroundings.Tell(
                "A node has it. Short-term orders and cancels are in no block, so no explorer finds the "
                + "hash: look at the subaccount.");
            return ExitCode.Ok;
        }

        return await FollowAsync(sender, sent, cancellation);
    }

    private async Task<int> FollowAsync(OrderSender sender, Sent sent, CancellationToken cancellation)
    {
        for (var i = 0; i < MostLooks; i++)
        {
            await Task.Delay(BetweenLooks, surroundings.Wall, cancellation);
            if (!(await sender.LookUpAsync(sent, cancellation)).TryGet(out var became, out _)) continue;
            if (became == Inclusion.Pending) continue;
            if (became == Inclusion.Done)
            {
                surroundings.Tell("done: a block has carried it out.");
                return ExitCode.Ok;
            }

            if (became == Inclusion.Over) return Fail("No block took it, and none can any more.");
            var found = await session.Client.Chain.TxAsync(sent.Tx.Hash, cancellation);
            return Fail(found.TryGet(out var facts, out _) && facts.Fault is { } fault
                ? $"It failed in its block. {fault}"
                : "It failed in its block.");
        }

        return Fail($"Whether a block took it is not known yet. Look up {sent.Tx.Hash} later.");
    }

    private int Fail(SendError error)
    {
        if (error is SendError.Broadcast { Outcome: ChainOutcome.Unknown } unknown)
        {
            surroundings.Tell($"bytes: {Convert.ToHexStringLower(unknown.Tx.Bytes.Span)}");
        }

        return Fail(error.Message);
    }

    private int Fail(string message)
    {
        surroundings.Complain([message]);
        return ExitCode.Failed;
    }
}

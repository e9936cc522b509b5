using System.Text.Json.Nodes;
using Google.Protobuf;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Delivery;
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
internal sealed class Submission(Surroundings surroundings, ChainSession session, Teller teller)
{
    /// <summary>Shows or sends; gives the exit code.</summary>
    public Task<int> ExecuteAsync(SendRequest request, CancellationToken cancellation) =>
        session.Choice.IsDryRun
            ? ShowAsync(request.Messages, request.Way, cancellation)
            : SendAsync(request, cancellation);

    private async Task<int> ShowAsync(
        IReadOnlyList<IMessage> messages, SendWay way, CancellationToken cancellation)
    {
        var choice = session.Choice;
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
            ChainId = session.Client.Settings.Network.ChainId,
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

        return TxDecoder.Decode(tx.Bytes.Span).TryGet(out var decoded, out var unreadable)
            ? Show(decoded, tx)
            : Fail(unreadable.Message);
    }

    private int Show(DecodedTx decoded, SignedTx tx)
    {
        var bytes = Convert.ToHexStringLower(tx.Bytes.Span);
        var text = TxText.Of(decoded).TrimEnd();
        teller.Tell(
            "dry-run", new JsonObject { ["hash"] = tx.Hash, ["bytes"] = bytes, ["text"] = text },
            text, $"bytes: {bytes}", "Not sent: this is a dry run.");
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

    private async Task<int> SendAsync(SendRequest request, CancellationToken cancellation)
    {
        var following = new Following(surroundings, session, teller);
        var opened = await OrderSender.OpenAsync(session.Client, session.Key, session.Options, cancellation);
        if (!opened.TryGet(out var sender, out var error)) return following.Ended(error);
        var sending = request.Way switch
        {
            SendWay.ShortTerm => sender.SendShortTermAsync(request.Messages[0], cancellation),
            SendWay.Stateful => sender.SendStatefulAsync(request.Messages, request.Room, cancellation),
            _ => sender.SendPaidAsync(request.Messages, cancellation),
        };
        var isShortTerm = request.Way == SendWay.ShortTerm;
        return (await sending).TryGet(out var sent, out error)
            ? await following.SentAsync(sent, isShortTerm, cancellation)
            : await following.EndedAsync(error, isShortTerm, cancellation);
    }

    private int Fail(string message)
    {
        surroundings.Complain([message]);
        return ExitCode.Failed;
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Running;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Cli.Verbs;

/// <summary>
/// <c>perpkeel dydx send</c>: the very bytes of a signed transaction once more. They do what they did or
/// would have done, once, however often they are sent.
/// </summary>
internal sealed class DydxSendVerb(Surroundings surroundings)
{
    private readonly ChainOptions _chain = new();

    private readonly Argument<string> _hex = new("HEX") { Description = "The bytes of a signed transaction" };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var verb = new DydxSendVerb(surroundings);
        var command = new Command("send", "Send a signed transaction whose outcome is not known once more")
        {
            verb._hex,
        };
        verb._chain.AddTo(command, sends: false);
        verb._chain.AddJsonTo(command);
        command.SetAction((parsed, cancellation) => verb.RunAsync(parsed, cancellation));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var hex = parsed.GetValue(_hex)!;
        if (!TxDecoder.BytesOf(hex).TryGet(out var bytes, out var error)
            || !TxDecoder.Decode(bytes).TryGet(out var decoded, out error))
        {
            return Fail(error.Message);
        }

        var choice = _chain.Read(parsed);
        if (!ChainSession.Open(choice, surroundings).TryGet(out var session, out var wrong))
        {
            surroundings.Complain(wrong.Lines);
            return ExitCode.Failed;
        }

        using var closed = session;
        var teller = new Teller(surroundings, choice.IsJson);
        var text = TxText.Of(decoded).TrimEnd();
        teller.Tell("transaction", new JsonObject { ["hash"] = decoded.Hash, ["text"] = text }, text);
        var polled = await session.Client.PollAsync(cancellation);
        if (!polled.TryGet(out _, out var silent)) return StillUnknown(silent.Message);
        var transactions = new SentTransactions(session.Client);
        var following = new Following(surroundings, session, teller);
        return (await transactions.ReadAsync(bytes, cancellation)).TryGet(out var sent, out var refused)
            ? await SendAsync(sent, decoded, transactions, following, cancellation)
            : StillUnknown(refused.Message);
    }

    private async Task<int> SendAsync(
        Sent sent, DecodedTx decoded, SentTransactions transactions, Following following,
        CancellationToken cancellation)
    {
        var isShortTerm = decoded.IsShortTerm;
        if (!isShortTerm && await following.LookAsync(sent, cancellation) is { } known) return known;
        var again = await transactions.SendAgainAsync(sent, cancellation);
        if (again.TryGet(out _, out var error) || HasIt(error, isShortTerm))
        {
            return await following.SentAsync(sent, isShortTerm, cancellation);
        }

        if (error.Outcome == ChainOutcome.DoneAlready) return StillUnknown(error.Message);

        // A block may have it all the same: that nobody could say so just now decides nothing.
        return !isShortTerm && error.Outcome == ChainOutcome.Unknown
            && await following.LookAsync(sent, cancellation) is { } code
            ? code
            : following.Ended(error);
    }

    /// <summary>
    /// Whether a node has these very bytes. What is said of the order's id is no such answer, but a
    /// transaction that belongs into a block can be followed there.
    /// </summary>
    private static bool HasIt(SendError error, bool isShortTerm) =>
        error.Outcome == ChainOutcome.DoneAlready && (!isShortTerm || Following.HasIt(error));

    /// <summary>What these bytes did when they were sent before is as unknown as it was.</summary>
    private int StillUnknown(string message)
    {
        surroundings.Complain([message]);
        return ExitCode.OutcomeUnknown;
    }

    private int Fail(string message)
    {
        surroundings.Complain([message]);
        return ExitCode.Failed;
    }
}

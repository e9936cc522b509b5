using System.Text.Json.Nodes;
using Perpkeel.Cli.Running;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Nodes;

namespace Perpkeel.Cli.Dydx;

/// <summary>Says what became of a transaction, or that it is not known and what then mends it.</summary>
internal sealed class Following(Surroundings surroundings, ChainSession session, Teller teller)
{
    private const int MostLooks = 40;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly SentTransactions _sent = new(session.Client);

    /// <summary>Tells that a node has it, and follows it into its block where it belongs into one.</summary>
    public async Task<int> SentAsync(Sent sent, bool isShortTerm, CancellationToken cancellation)
    {
        teller.Tell("sent", About(sent), $"sent: {sent.Tx.Hash}");
        if (!isShortTerm) return await FollowAsync(sent, cancellation);
        teller.Tell(
            new Statement(
                "taken", About(sent),
                [
                    "A node has it. Short-term orders and cancels are in no block, so no explorer finds the "
                    + "hash: look at the subaccount.",
                ]));
        return ExitCode.Ok;
    }

    /// <summary>Looks until a block has it, none can any more, or the patience is over.</summary>
    public async Task<int> FollowAsync(Sent sent, CancellationToken cancellation)
    {
        try
        {
            for (var i = 0; i < MostLooks; i++)
            {
                if (i > 0) await Task.Delay(BetweenLooks, surroundings.Wall, cancellation);
                if (await LookAsync(sent, cancellation) is { } code) return code;
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever gives up now still has to know which bytes were sent.
            Unknown(sent, "It was sent, and whether a block took it was not waited for.");
            throw;
        }

        return Unknown(sent, $"Whether a block took {sent.Tx.Hash} is not known yet.");
    }

    /// <summary>The exit code where the end is known; null while it is not.</summary>
    public async Task<int?> LookAsync(Sent sent, CancellationToken cancellation)
    {
        // The chain's time is what ends a nonce: without a new block no look could ever say so.
        if (!(await session.Client.PollAsync(cancellation)).TryGet(out _, out _)) return null;
        if (!(await _sent.LookUpAsync(sent, cancellation)).TryGet(out var became, out _)) return null;
        switch (became)
        {
            case Inclusion.Done:
                teller.Tell("done", About(sent), "done: a block has carried it out.");
                return ExitCode.Ok;
            case Inclusion.Over:
                teller.Fail("over", About(sent), "No block took it, and none can any more.");
                return ExitCode.Failed;
            case Inclusion.NoHistory:
                teller.Fail(
                    "unknown", About(sent),
                    "No block can take it any more, but whether one did is not known: its history is not at "
                    + "hand at this node. Look at the Indexer's orders and fills before anything else is "
                    + "sent in its place.");
                return ExitCode.OutcomeUnknown;
            case Inclusion.Failed:
                var found = await session.Client.Chain.TxAsync(sent.Tx.Hash, cancellation);
                teller.Fail(
                    "failed", About(sent),
                    found.TryGet(out var facts, out _) && facts.Fault is { } fault
                        ? $"It failed in its block. {fault}"
                        : "It failed in its block.");
                return ExitCode.Failed;
            default:
                return null;
        }
    }

    /// <summary>Whether a node says that it has these very bytes, which is as good as taking them.</summary>
    public static bool HasIt(SendError error) =>
        error is SendError.Broadcast { Fault: BroadcastError.Rejected { Fault: var fault } }
        && fault.Code == ChainCodes.AlreadyInMempool;

    /// <summary>
    /// Tells how sending for the first time ended; an unknown ending comes with the bytes and the mend.
    /// </summary>
    public async Task<int> EndedAsync(SendError error, bool isShortTerm, CancellationToken cancellation)
    {
        if (error is SendError.Broadcast { Outcome: ChainOutcome.DoneAlready } already)
        {
            if (HasIt(error)) return await SentAsync(already.Sent, isShortTerm, cancellation);
            teller.Tell("already", About(already.Sent), error.Message);
            return ExitCode.Ok;
        }

        return Ended(error);
    }

    /// <summary>Tells why it was not done, or that it is not known whether it was.</summary>
    public int Ended(SendError error)
    {
        if (error is SendError.Broadcast { Outcome: ChainOutcome.Unknown } unknown)
        {
            return Unknown(unknown.Sent, error.Message);
        }

        teller.Fail(
            "refused", new JsonObject { ["code"] = error.Code, ["outcome"] = error.Outcome.ToString() },
            error.Message);
        return error.Outcome == ChainOutcome.Unknown ? ExitCode.OutcomeUnknown : ExitCode.Failed;
    }

    /// <summary>Tells that it is not known what became of a transaction.</summary>
    public int Unknown(Sent sent, string message)
    {
        var again = $"perpkeel dydx send {Bytes(sent)} {session.Choice.Route}";
        var facts = About(sent);
        facts["mend"] = again;
        teller.Fail(
            "unknown", facts, message,
            $"Look it up, and send the very same bytes once more where they are not there; nothing else may "
            + $"be sent in their place: {again}");
        return ExitCode.OutcomeUnknown;
    }

    private static string Bytes(Sent sent) => Convert.ToHexStringLower(sent.Tx.Bytes.Span);

    private static JsonObject About(Sent sent) => new()
    {
        ["hash"] = sent.Tx.Hash,
        ["nonce"] = sent.Nonce,
        ["bytes"] = Bytes(sent),
    };
}

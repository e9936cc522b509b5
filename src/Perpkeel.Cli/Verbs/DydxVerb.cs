using System.CommandLine;
using Perpkeel.Cli.Running;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel dydx</c>: orders and transfers on dYdX v4, and what its Indexer tells.</summary>
internal static class DydxVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new Command(
            "dydx", "Place, cancel and transfer on dYdX v4; show its markets, accounts and stream")
        {
            DydxPlaceVerb.Create(surroundings),
            DydxReplaceVerb.Create(surroundings),
            DydxCancelVerb.Create(surroundings),
            DydxBatchCancelVerb.Create(surroundings),
            DydxLeverageVerb.Create(surroundings),
            DydxFundsVerb.Transfer(surroundings),
            DydxFundsVerb.Deposit(surroundings),
            DydxFundsVerb.Withdraw(surroundings),
            DydxSendVerb.Create(surroundings),
            DydxOrderVerb.Create(surroundings),
            Decode(surroundings),
            DydxWatchVerb.Create(surroundings),
            DydxRecordVerb.Create(surroundings),
        };
        foreach (var verb in DydxMarketVerbs.Create(surroundings)) command.Add(verb);
        foreach (var verb in DydxAccountVerbs.Create(surroundings)) command.Add(verb);
        return command;
    }

    private static Command Decode(Surroundings surroundings)
    {
        var hex = new Argument<string>("HEX") { Description = "The bytes of a transaction" };
        var command = new Command("decode", "Show what the bytes of a transaction say") { hex };
        command.SetAction(parsed =>
        {
            if (TxDecoder.FromHex(parsed.GetValue(hex)).TryGet(out var decoded, out var error))
            {
                surroundings.Out.Write(TxText.Of(decoded));
                return ExitCode.Ok;
            }

            surroundings.Complain([error.Message]);
            return ExitCode.Failed;
        });
        return command;
    }
}

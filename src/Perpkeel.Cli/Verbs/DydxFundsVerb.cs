using System.CommandLine;
using Google.Protobuf;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Cli.Verbs;

/// <summary>
/// <c>perpkeel dydx transfer</c>, <c>deposit</c> and <c>withdraw</c>: USDC from here to there.
/// </summary>
internal sealed class DydxFundsVerb
{
    private readonly Argument<string> _amount = new("AMOUNT") { Description = "USDC, e.g. 12.5" };

    private readonly Option<uint> _from = new("--from")
    {
        Description = "Number of the subaccount it leaves",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<uint> _to = new("--to")
    {
        Description = "Number of the subaccount it goes to",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string?> _recipient = new("--recipient")
    {
        Description = "Account it goes to [default: the owner's]",
        HelpName = "ADDRESS",
    };

    private delegate Result<IMessage, UserError> Build(
        ParseResult parsed, ChainSession session, DydxAddress recipient, Usd amount);

    /// <summary><c>perpkeel dydx transfer</c>.</summary>
    public static Command Transfer(Surroundings surroundings)
    {
        var verb = new DydxFundsVerb();
        var command = new Command("transfer", "Move USDC between subaccounts")
        {
            verb._amount, verb._from, verb._to, verb._recipient,
        };
        return verb.Finish(command, surroundings, (parsed, session, recipient, amount) =>
        {
            if (!session.Subaccount(parsed.GetValue(verb._from)).TryGet(out var from, out var wrong))
            {
                return wrong;
            }

            return DydxSubaccount.Of(recipient, parsed.GetValue(verb._to)).TryGet(out var to, out var error)
                ? Told(Transfers.Between(from, to, amount))
                : UserError.Of(error.Message);
        });
    }

    /// <summary><c>perpkeel dydx deposit</c>.</summary>
    public static Command Deposit(Surroundings surroundings)
    {
        var verb = new DydxFundsVerb();
        var command = new Command("deposit", "Move USDC from the wallet to a subaccount")
        {
            verb._amount, verb._to, verb._recipient,
        };
        return verb.Finish(command, surroundings, (parsed, session, recipient, amount) =>
            DydxSubaccount.Of(recipient, parsed.GetValue(verb._to)).TryGet(out var to, out var error)
                ? Told(Transfers.Deposit(session.Owner, to, amount))
                : UserError.Of(error.Message));
    }

    /// <summary><c>perpkeel dydx withdraw</c>.</summary>
    public static Command Withdraw(Surroundings surroundings)
    {
        var verb = new DydxFundsVerb();
        var command = new Command("withdraw", "Move USDC from a subaccount to a wallet")
        {
            verb._amount, verb._from, verb._recipient,
        };
        return verb.Finish(command, surroundings, (parsed, session, recipient, amount) =>
            session.Subaccount(parsed.GetValue(verb._from)).TryGet(out var from, out var wrong)
                ? Told(Transfers.Withdraw(from, recipient, amount))
                : wrong);
    }

    private static Result<IMessage, UserError> Told<T>(Result<T, OrderError> built)
        where T : class, IMessage =>
        built.TryGet(out var message, out var refused)
            ? Result<IMessage, UserError>.Ok(message)
            : UserError.Of(refused.Message);

    private Command Finish(Command command, Surroundings surroundings, Build build) =>
        new SigningRun(new ChainOptions(), surroundings).Finish(
            command,
            (parsed, session, _) => Task.FromResult(Request(parsed, session, build)));

    private Result<SendRequest, UserError> Request(ParseResult parsed, ChainSession session, Build build)
    {
        if (!Amounts.Read("AMOUNT", parsed.GetValue(_amount)!).TryGet(out var amount, out var fault))
        {
            return UserError.Of(fault);
        }

        var recipient = session.Owner;
        if (parsed.GetValue(_recipient) is { } text
            && !DydxAddress.Parse(text).TryGet(out recipient, out var bad))
        {
            return UserError.Of(bad.Message);
        }

        return build(parsed, session, recipient, new Usd(amount)).TryGet(out var message, out var error)
            ? new SendRequest([message], SendWay.Paid)
            : error;
    }
}

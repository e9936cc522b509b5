using System.Collections.Immutable;
using System.CommandLine;
using Google.Protobuf;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Authenticators;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Cli.Verbs;

/// <summary>
/// <c>perpkeel keys dydx authorize</c>, <c>rotate</c> and <c>remove</c>: by the owner's key.
/// </summary>
internal sealed class KeysPermitVerb
{
    private readonly ChainOptions _chain = new();

    private readonly Argument<string> _publicKey = new("PUBLICKEY")
    {
        Description = "The key that shall trade, in base64, as keys dydx new tells it",
    };

    private readonly Argument<ulong> _id = new("ID") { Description = "Number of the rule" };

    private readonly Option<uint[]> _subaccounts = new("--subaccount")
    {
        Description = "Subaccount that the key may trade; may be given several times",
        DefaultValueFactory = _ => [0],
    };

    private readonly Option<uint[]> _markets = new("--clob-pair")
    {
        Description = "Market that the key may trade; may be given several times [default: all]",
    };

    private delegate Result<ImmutableArray<IMessage>, UserError> Build(ParseResult parsed, DydxAddress owner);

    /// <summary><c>perpkeel keys dydx authorize</c>.</summary>
    public static Command Authorize(Surroundings surroundings)
    {
        var verb = new KeysPermitVerb();
        var command = new Command("authorize", "Permit a key to place and cancel, and nothing else")
        {
            verb._publicKey, verb._subaccounts, verb._markets,
        };
        return verb.Finish(command, surroundings, (parsed, owner) => verb.Add(parsed, owner));
    }

    /// <summary><c>perpkeel keys dydx rotate</c>.</summary>
    public static Command Rotate(Surroundings surroundings)
    {
        var verb = new KeysPermitVerb();
        var command = new Command("rotate", "Permit a new key and take an old rule back, both or neither")
        {
            verb._id, verb._publicKey, verb._subaccounts, verb._markets,
        };
        return verb.Finish(command, surroundings, (parsed, owner) =>
        {
            if (!verb.Add(parsed, owner).TryGet(out var added, out var error)) return error;
            return added.Add(PermissionedKeys.Remove(owner, parsed.GetValue(verb._id)));
        });
    }

    /// <summary><c>perpkeel keys dydx remove</c>.</summary>
    public static Command Remove(Surroundings surroundings)
    {
        var verb = new KeysPermitVerb();
        var command = new Command("remove", "Take a rule back; stored orders of its key stay until cancelled")
        {
            verb._id,
        };
        return verb.Finish(command, surroundings, (parsed, owner) =>
            ImmutableArray.Create<IMessage>(PermissionedKeys.Remove(owner, parsed.GetValue(verb._id))));
    }

    private Result<ImmutableArray<IMessage>, UserError> Add(ParseResult parsed, DydxAddress owner)
    {
        if (!PublicKey.FromBase64(parsed.GetValue(_publicKey)!).TryGet(out var key, out var bad))
        {
            return UserError.Of($"PUBLICKEY: {bad.Message}");
        }

        var rule = PermissionedKeys.TradingRule(
            key, [.. parsed.GetValue(_subaccounts) ?? []], [.. parsed.GetValue(_markets) ?? []]);
        return PermissionedKeys.Add(owner, rule).TryGet(out var message, out var error)
            ? ImmutableArray.Create<IMessage>(message)
            : UserError.Of(error.Message);
    }

    private Command Finish(Command command, Surroundings surroundings, Build build)
    {
        _chain.AddTo(command, sends: true);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, surroundings, build, cancellation));
        return command;
    }

    private async Task<int> RunAsync(
        ParseResult parsed, Surroundings surroundings, Build build, CancellationToken cancellation)
    {
        var opened = ChainSession.OpenWithKey(_chain.Read(parsed), surroundings);
        if (!opened.TryGet(out var session, out var error))
        {
            surroundings.Complain(error.Lines);
            return ExitCode.Failed;
        }

        using var closed = session;
        if (!build(parsed, session.Owner).TryGet(out var messages, out error))
        {
            surroundings.Complain(error.Lines);
            return ExitCode.Failed;
        }

        return await new Submission(surroundings, session)
            .ExecuteAsync(messages, SendWay.Paid, new StatefulRoom(0, Usd.Zero), cancellation);
    }
}

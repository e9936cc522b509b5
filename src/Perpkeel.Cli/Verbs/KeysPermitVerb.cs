using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Authenticators;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Cli.Verbs;

/// <summary>
/// <c>perpkeel keys dydx authorize</c>, <c>rotate</c> and <c>remove</c>: by the owner's key.
/// </summary>
internal sealed class KeysPermitVerb
{
    private readonly Argument<string> _publicKey = new("PUBLICKEY")
    {
        Description = "The key that shall trade, in base64, as keys dydx new tells it",
    };

    private readonly Argument<ulong> _id = new("ID") { Description = "Number of the rule" };

    private readonly Option<uint[]> _subaccounts = new("--subaccount")
    {
        Description = "Subaccount that the key may trade; may be given several times",
    };

    private readonly Option<uint[]> _markets = new("--clob-pair")
    {
        Description = "Market that the key may trade; may be given several times",
    };

    /// <summary><c>perpkeel keys dydx authorize</c>.</summary>
    public static Command Authorize(Surroundings surroundings)
    {
        var verb = new KeysPermitVerb();
        verb._subaccounts.Description += " [default: 0]";
        verb._markets.Description += " [default: all]";
        var command = new Command("authorize", "Permit a key to place and cancel, and nothing else")
        {
            verb._publicKey, verb._subaccounts, verb._markets,
        };
        return new SigningRun(new ChainOptions(), surroundings).Finish(
            command, (parsed, session, _) => Task.FromResult(verb.Authorized(parsed, session.Owner)));
    }

    /// <summary><c>perpkeel keys dydx rotate</c>.</summary>
    public static Command Rotate(Surroundings surroundings)
    {
        var verb = new KeysPermitVerb();
        verb._subaccounts.Description += " [default: as the rule has them]";
        verb._markets.Description += " [default: as the rule has them]";
        var command = new Command("rotate", "Permit a new key in the place of a rule's, both or neither")
        {
            verb._id, verb._publicKey, verb._subaccounts, verb._markets,
        };
        return new SigningRun(new ChainOptions(), surroundings).Finish(command, verb.RotatedAsync);
    }

    /// <summary><c>perpkeel keys dydx remove</c>.</summary>
    public static Command Remove(Surroundings surroundings)
    {
        var verb = new KeysPermitVerb();
        var command = new Command("remove", "Take a rule back; stored orders of its key stay until cancelled")
        {
            verb._id,
        };
        return new SigningRun(new ChainOptions(), surroundings).Finish(
            command,
            (parsed, session, _) => Task.FromResult(Result<SendRequest, UserError>.Ok(
                new SendRequest(
                    [PermissionedKeys.Remove(session.Owner, parsed.GetValue(verb._id))], SendWay.Paid))));
    }

    private Result<SendRequest, UserError> Authorized(ParseResult parsed, DydxAddress owner) =>
        Key(parsed).TryGet(out var key, out var error)
            ? Request(
                owner, PermissionedKeys.TradingRule(key, Given(parsed, _subaccounts) ?? [0],
                    Given(parsed, _markets) ?? []))
            : error;

    /// <summary>What the old rule permits is read from the chain: the new one permits no more.</summary>
    private async Task<Result<SendRequest, UserError>> RotatedAsync(
        ParseResult parsed, ChainSession session, CancellationToken cancellation)
    {
        if (!Key(parsed).TryGet(out var key, out var error)) return error;
        var asked = await session.Client.Accounts.AuthenticatorsAsync(session.Owner, cancellation);
        if (!asked.TryGet(out var found, out var fault)) return UserError.Of(fault.Message);
        var id = parsed.GetValue(_id);
        if (found.FirstOrDefault(one => one.Id == id) is not { } old)
        {
            return UserError.Of(
                $"{session.Owner} has no rule {id} on this chain. See: perpkeel keys dydx list "
                + $"{session.Owner}");
        }

        var rotated = PermissionedKeys.Rotated(
            old.Rule, key, Given(parsed, _subaccounts), Given(parsed, _markets));
        if (!rotated.TryGet(out var rule, out var refused)) return UserError.Of(refused.Message);
        return Request(session.Owner, rule, PermissionedKeys.Remove(session.Owner, id));
    }

    private static Result<SendRequest, UserError> Request(
        DydxAddress owner, AuthenticatorRule rule, params IMessage[] after)
    {
        if (!PermissionedKeys.Add(owner, rule).TryGet(out var add, out var error))
        {
            return UserError.Of(error.Message);
        }

        var words = AuthenticatorText.Of(rule).TrimEnd();
        return new SendRequest([add, .. after], SendWay.Paid)
        {
            Before =
            [
                new Statement("rule", new JsonObject { ["words"] = words }, [$"The new rule:\n{words}"]),
            ],
        };
    }

    private Result<PublicKey, UserError> Key(ParseResult parsed) =>
        PublicKey.FromBase64(parsed.GetValue(_publicKey)!).TryGet(out var key, out var bad)
            ? key
            : UserError.Of($"PUBLICKEY: {bad.Message}");

    private static ImmutableArray<uint>? Given(ParseResult parsed, Option<uint[]> option) =>
        Typed.Has(parsed, option) ? [.. parsed.GetValue(option) ?? []] : null;
}

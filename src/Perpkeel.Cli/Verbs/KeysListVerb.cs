using System.Collections.Immutable;
using System.CommandLine;
using Perpkeel.Cli.Dydx;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Authenticators;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel keys dydx list</c> and <c>verify</c>: what the chain has.</summary>
internal static class KeysListVerb
{
    /// <summary><c>perpkeel keys dydx list</c>.</summary>
    public static Command List(Surroundings surroundings)
    {
        var chain = new ChainOptions();
        var owner = Owner();
        var command = new Command("list", "Show in plain words which keys may do what") { owner };
        chain.AddTo(command, sends: false);
        command.SetAction(async (parsed, cancellation) =>
        {
            var asked = await FindAsync(
                chain.Read(parsed), parsed.GetValue(owner)!, surroundings, cancellation);
            if (!asked.TryGet(out var found, out var error)) return Fail(error, surroundings);
            if (found.IsEmpty) surroundings.Tell("No other key may sign for this account.");
            foreach (var one in found) Show(one, surroundings);
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary><c>perpkeel keys dydx verify</c>.</summary>
    public static Command Verify(Surroundings surroundings)
    {
        var chain = new ChainOptions();
        var owner = Owner();
        var key = new Argument<string>("PUBLICKEY") { Description = "The key, in base64" };
        var command = new Command("verify", "Check that a key may trade for an account and cannot withdraw")
        {
            owner, key,
        };
        chain.AddTo(command, sends: false);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!PublicKey.FromBase64(parsed.GetValue(key)!).TryGet(out var wanted, out var bad))
            {
                return Fail(UserError.Of($"PUBLICKEY: {bad.Message}"), surroundings);
            }

            var asked = await FindAsync(
                chain.Read(parsed), parsed.GetValue(owner)!, surroundings, cancellation);
            if (!asked.TryGet(out var found, out var error)) return Fail(error, surroundings);
            var rules = PermissionedKeys.Of(wanted, found);
            if (rules.IsEmpty)
            {
                return Fail(UserError.Of("No rule names this key. Permit it with: keys dydx authorize."),
                    surroundings);
            }

            foreach (var one in rules) Show(one, surroundings);
            return rules.Any(one => AuthenticatorAudit.Of(one.Rule).CouldWithdraw)
                ? Fail(
                    UserError.Of("This key could take funds away. Remove the rule: keys dydx remove."),
                    surroundings)
                : ExitCode.Ok;
        });
        return command;
    }

    private static Argument<string> Owner() => new("ADDRESS") { Description = "The account" };

    private static async Task<Result<ImmutableArray<FoundAuthenticator>, UserError>> FindAsync(
        ChainChoice choice, string owner, Surroundings surroundings, CancellationToken cancellation)
    {
        if (!DydxAddress.Parse(owner).TryGet(out var address, out var bad)) return UserError.Of(bad.Message);
        if (!ChainSession.Open(choice, surroundings).TryGet(out var session, out var error)) return error;
        using var closed = session;
        var asked = await session.Client.Accounts.AuthenticatorsAsync(address, cancellation);
        return asked.TryGet(out var found, out var fault) ? found : UserError.Of(fault.Message);
    }

    private static void Show(FoundAuthenticator found, Surroundings surroundings)
    {
        surroundings.Tell($"rule {found.Id}:");
        surroundings.Tell(AuthenticatorText.Of(found.Rule).TrimEnd());
    }

    private static int Fail(UserError error, Surroundings surroundings)
    {
        surroundings.Complain(error.Lines);
        return ExitCode.Failed;
    }
}

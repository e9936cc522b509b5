using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Http;

namespace Perpkeel.Cli.Dydx;

/// <summary>A chain and a key, opened for one command. Nothing is asked of the chain yet.</summary>
internal sealed class ChainSession : IDisposable
{
    private readonly IHttpExchange _exchange;
    private readonly ISecp256k1? _curve;
    private readonly NetworkKey? _key;

    private ChainSession(
        ChainChoice choice, NodeSettings settings, Surroundings surroundings, NetworkKey? key,
        ISecp256k1? curve, DydxAddress? owner)
    {
        Choice = choice;
        _exchange = surroundings.OpenExchange();
        Client = new NodeClient(settings, _exchange, surroundings.Wall);
        _key = key;
        _curve = curve;
        Owner = owner ?? key?.Key.Address ?? default;
    }

    /// <summary>What was typed.</summary>
    public ChainChoice Choice { get; }

    /// <summary>The chain.</summary>
    public NodeClient Client { get; }

    /// <summary>The key; only of a session that signs.</summary>
    public NetworkKey Key => _key ?? throw new InvalidOperationException("This command has no key.");

    /// <summary>Whose account it is.</summary>
    public DydxAddress Owner { get; }

    /// <summary>How this owner's transactions are sent.</summary>
    public SenderOptions Options => new() { Owner = Owner, Authenticator = Choice.Authenticator };

    /// <summary>A session that only asks.</summary>
    public static Result<ChainSession, UserError> Open(ChainChoice choice, Surroundings surroundings) =>
        Settings(choice).TryGet(out var settings, out var error)
            ? new ChainSession(choice, settings, surroundings, null, null, null)
            : error;

    /// <summary>A session that signs. A key of another network or account is refused here.</summary>
    public static Result<ChainSession, UserError> OpenWithKey(ChainChoice choice, Surroundings surroundings)
    {
        if (!Settings(choice).TryGet(out var settings, out var error)) return error;
        if (choice is { Authenticator: not null, Owner: null })
        {
            return UserError.Of(
                "--authenticator: a permissioned key trades for another account. "
                + "Name the account with --owner.");
        }

        DydxAddress? owner = null;
        if (choice.Owner is { } text)
        {
            if (!DydxAddress.Parse(text).TryGet(out var address, out var bad))
            {
                return UserError.Of(bad.Message);
            }

            owner = address;
        }

        var curve = Secp256k1.Open();
        var read = new KeyInput(surroundings).Read(choice.KeyFile, choice.Index, settings.Network, curve);
        if (!read.TryGet(out var key, out error))
        {
            curve.Dispose();
            return error;
        }

        var session = new ChainSession(choice, settings, surroundings, key, curve, owner);
        KeyError? wrong = null;
        var isRight = key.For(settings.Network).TryGet(out _, out wrong)
            && (choice.Authenticator is not null || key.Key.For(session.Owner).TryGet(out _, out wrong));
        if (isRight) return session;
        session.Dispose();
        return UserError.Of(wrong!.Message);
    }

    /// <summary>A subaccount of the owner.</summary>
    public Result<DydxSubaccount, UserError> Subaccount(uint number) =>
        DydxSubaccount.Of(Owner, number).TryGet(out var subaccount, out var error)
            ? subaccount
            : UserError.Of(error.Message);

    /// <inheritdoc/>
    public void Dispose()
    {
        _key?.Key.Dispose();
        _curve?.Dispose();
        (_exchange as IDisposable)?.Dispose();
    }

    private static Result<NodeSettings, UserError> Settings(ChainChoice choice)
    {
        if (!NodeSettings.Parse(choice.Network).TryGet(out var settings, out var error))
        {
            return UserError.Of(error.Message);
        }

        if (choice.Endpoints is not { } list) return settings;
        return settings.Through(list).TryGet(out settings, out error)
            ? settings
            : UserError.Of(error.Message);
    }
}

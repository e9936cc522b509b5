using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Delivery;

/// <summary>How an owner's transactions are sent.</summary>
public sealed record SenderOptions
{
    /// <summary>
    /// The account, where the key is a permissioned one of another; null for the key's own.
    /// </summary>
    public DydxAddress? Owner { get; init; }

    /// <summary>The rule under which a permissioned key signs; null for the owner's own key.</summary>
    public ulong? Authenticator { get; init; }

    /// <summary>
    /// Added to the clock for nonces: processes that sign for one owner take different ones below a second.
    /// </summary>
    public TimeSpan NonceOffset { get; init; }

    /// <summary>The last nonce that an earlier process used; 0 for none.</summary>
    public ulong NoncesAfter { get; init; }

    /// <summary>
    /// The most gas that is paid for: a node that asks for more is not believed. Transfers and permissions
    /// need a few hundred thousand; five million cost an eighth of a dollar.
    /// </summary>
    public ulong MostGas { get; init; } = 5_000_000;

    /// <summary>Blocks by which rate limits are taken longer, because nodes differ by a block.</summary>
    public uint GuardBlocks { get; init; } = 1;
}

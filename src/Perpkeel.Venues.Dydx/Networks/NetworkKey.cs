using System.Diagnostics;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Networks;

/// <summary>
/// A key with the network it was made for. The chain cannot tell keys of networks apart, so a key that was
/// typed into test programs must not sign for real money by mistake.
/// </summary>
[DebuggerDisplay("{ChainId} (key is secret)")]
public sealed class NetworkKey
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly KeyPair _key;

    /// <summary>Marks a key.</summary>
    /// <param name="key">The key; stays the caller's to wipe.</param>
    /// <param name="chainId">The chain id of its network.</param>
    public NetworkKey(KeyPair key, string chainId)
    {
        _key = key;
        ChainId = chainId;
    }

    /// <summary>The key.</summary>
    public KeyPair Key => _key;

    /// <summary>The chain id of its network.</summary>
    public string ChainId { get; }

    /// <summary>
    /// The key, if the network is its own; where the money is real, not a key that everybody has.
    /// </summary>
    public Result<KeyPair, KeyError> For(DydxNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!string.Equals(network.ChainId, ChainId, StringComparison.Ordinal))
        {
            return new KeyError.KeyOfAnotherNetwork(ChainId, network.ChainId);
        }

        // By the id and not by the name: a chain of one's own may have any name.
        var isRealMoney = string.Equals(ChainId, DydxNetwork.Mainnet.ChainId, StringComparison.Ordinal);
        return isRealMoney && WellKnownKeys.Holds(_key.Address)
            ? new KeyError.WellKnownKey(_key.Address, ChainId)
            : _key;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_key} of {ChainId}";
}

using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Networks;

/// <summary>
/// A key with the network it was made for. The chain cannot tell keys of networks apart, so a key that was
/// typed into test programs must not sign for real money by mistake.
/// </summary>
/// <param name="Key">The key; stays the caller's to wipe.</param>
/// <param name="ChainId">The chain id of its network.</param>
public sealed record NetworkKey(KeyPair Key, string ChainId)
{
    /// <summary>The key, if the network is its own.</summary>
    public Result<KeyPair, KeyError> For(DydxNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return string.Equals(network.ChainId, ChainId, StringComparison.Ordinal)
            ? Key
            : new KeyError.KeyOfAnotherNetwork(ChainId, network.ChainId);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Key} of {ChainId}";
}

namespace Perpkeel.Testing.Chains;

/// <summary>The nonces of one account as the chain remembers them.</summary>
/// <remarks>Written from the rules of x/accountplus: 30 s, twenty kept, none below those that left.</remarks>
internal sealed class LocalNonces
{
    private const int Most = 20;
    private const ulong WindowMs = 30_000;

    private readonly SortedSet<ulong> _kept = [];

    public ulong HighestEjected { get; private set; }

    public IReadOnlyCollection<ulong> Kept => _kept;

    /// <summary>Takes a nonce, or says why not.</summary>
    public string? Take(ulong nonce, ulong blockTimeMs)
    {
        if (nonce + WindowMs < blockTimeMs) return "timestamp nonce too old";
        if (nonce > blockTimeMs + WindowMs) return "timestamp nonce too far ahead";
        foreach (var old in _kept.Where(one => one + WindowMs < blockTimeMs).ToList()) Eject(old);
        if (nonce <= HighestEjected) return "timestamp nonce not above those that left";
        if (!_kept.Add(nonce)) return "timestamp nonce used before";
        if (_kept.Count <= Most) return null;
        if (_kept.Min == nonce)
        {
            _kept.Remove(nonce);
            return "timestamp nonce below all that are kept";
        }

        Eject(_kept.Min);
        return null;
    }

    private void Eject(ulong nonce)
    {
        _kept.Remove(nonce);
        HighestEjected = Math.Max(HighestEjected, nonce);
    }
}

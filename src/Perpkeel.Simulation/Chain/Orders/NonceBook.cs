namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>Sequences and timestamp nonces by owner.</summary>
/// <remarks>
/// Source: the protocol, section 9.1. A value from 2^40 on is a time in Unix milliseconds, within 30 s of the
/// last block's; the 20 greatest are kept, those older than 30 s are dropped, and a new one must exceed the
/// greatest that was ever dropped. The last follows from the rest: what was dropped for its age is outside
/// the 30 s for ever, and what was dropped for room is below all that are kept until they are too old, too.
/// </remarks>
internal sealed class NonceBook
{
    /// <summary>From here on a nonce is a time.</summary>
    public const ulong FirstTimestamp = 1UL << 40;

    /// <summary>How far a timestamp nonce may be from the last block's time.</summary>
    public const ulong MostAwayMs = 30_000;

    /// <summary>How many timestamp nonces are kept.</summary>
    public const int MostKept = 20;

    private readonly Dictionary<int, OwnerNonces> _owners = [];

    /// <summary>The next sequence of an owner.</summary>
    public ulong NextSequence(int owner) => _owners.TryGetValue(owner, out var own) ? own.Sequence : 0;

    /// <summary>Why a nonce is refused; null when it is good. Nothing is used up.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="nonce">A sequence, or a timestamp nonce.</param>
    /// <param name="lastBlock">The last block's time.</param>
    public TxResult? FaultOf(int owner, ulong nonce, DateTimeOffset lastBlock)
    {
        var own = _owners.GetValueOrDefault(owner);
        if (nonce < FirstTimestamp)
        {
            var next = own?.Sequence ?? 0;
            return nonce == next
                ? null
                : OrderRefusals.WrongSequence($"account sequence mismatch, expected {next}, got {nonce}");
        }

        var now = (ulong)lastBlock.ToUnixTimeMilliseconds();
        var away = nonce > now ? nonce - now : now - nonce;
        var isGood = away <= MostAwayMs && (own is null || own.Takes(nonce, now));
        return isGood ? null : OrderRefusals.WrongSequence($"timestamp nonce {nonce} is not valid");
    }

    /// <summary>Uses up a nonce that <see cref="FaultOf"/> had nothing against.</summary>
    public void Use(int owner, ulong nonce, DateTimeOffset lastBlock)
    {
        if (!_owners.TryGetValue(owner, out var own)) _owners.Add(owner, own = new OwnerNonces());
        if (nonce < FirstTimestamp) own.Sequence++;
        else own.Keep(nonce, (ulong)lastBlock.ToUnixTimeMilliseconds());
    }

    /// <summary>What is kept of one owner.</summary>
    private sealed class OwnerNonces
    {
        private readonly SortedSet<ulong> _kept = [];

        public ulong Sequence { get; set; }

        public bool Takes(ulong nonce, ulong now)
        {
            Drop(now);
            return !_kept.Contains(nonce) && (_kept.Count < MostKept || nonce > _kept.Min);
        }

        public void Keep(ulong nonce, ulong now)
        {
            Drop(now);
            if (_kept.Count == MostKept) _ = _kept.Remove(_kept.Min);
            _ = _kept.Add(nonce);
        }

        /// <summary>Block time never goes back, so what is too old now stays so.</summary>
        private void Drop(ulong now)
        {
            while (_kept.Count > 0 && _kept.Min + MostAwayMs < now) _ = _kept.Remove(_kept.Min);
        }
    }
}

using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>What the parts of a ledger share.</summary>
internal sealed class LedgerState
{
    /// <summary>Index of the pool of all cross markets.</summary>
    public const int CrossPool = 0;

    private readonly List<LedgerMarket> _markets = [];
    private readonly List<CollateralPool> _pools = [new()];

    /// <summary>An empty ledger.</summary>
    public LedgerState(LedgerParameters parameters)
    {
        Parameters = parameters;
        Fees = new FeeBook(parameters.Fees);
    }

    /// <summary>What governance set.</summary>
    public LedgerParameters Parameters { get; }

    /// <summary>The markets by index.</summary>
    public IReadOnlyList<LedgerMarket> Markets => _markets;

    /// <summary>The collateral pools; the first is that of all cross markets.</summary>
    public IReadOnlyList<CollateralPool> Pools => _pools;

    /// <summary>Owners and subaccounts.</summary>
    public LedgerAccounts Accounts { get; } = new();

    /// <summary>Volumes and fee rates.</summary>
    public FeeBook Fees { get; }

    /// <summary>Trading fees that were collected, less rebates, in quote quantums.</summary>
    public Int128 FeeCollector { get; internal set; }

    /// <summary>All USDC that ever came from outside, in quote quantums.</summary>
    public Int128 Minted { get; internal set; }

    /// <summary>What was paid to builders so far; it lies in their wallets.</summary>
    public Int128 BuilderPayouts { get; internal set; }

    /// <summary>The block that is being made.</summary>
    public uint Height { get; private set; }

    /// <summary>Its time.</summary>
    public DateTimeOffset Time { get; private set; }

    /// <summary>The first block after the last outage that holds withdrawals back; null for none.</summary>
    public uint? OutageSeenAt { get; private set; }

    internal void Begin(uint height, DateTimeOffset time)
    {
        if (height <= Height)
        {
            throw new ArgumentException($"Block {height} does not follow {Height}.", nameof(height));
        }

        if (time < Time) throw new ArgumentException($"{time} is before {Time}.", nameof(time));
        if (Height > 0 && time - Time >= Parameters.OutageFrom) OutageSeenAt = height;
        Height = height;
        Time = time;
        Fees.Begin(time);
    }

    /// <summary>A block passes in which nothing happens.</summary>
    internal void Pass(uint height, DateTimeOffset time)
    {
        Height = height;
        Time = time;
    }

    internal LedgerMarket Add(Market market, Ppm defaultFunding)
    {
        if (market.Index != _markets.Count)
        {
            throw new ArgumentException($"{market.Id} is market {_markets.Count}.", nameof(market));
        }

        var pool = CrossPool;
        if (market.MarketType == MarketType.Isolated)
        {
            pool = _pools.Count;
            _pools.Add(new());
        }

        var added = new LedgerMarket(market, pool, defaultFunding);
        _markets.Add(added);
        return added;
    }

    /// <summary>
    /// The pool of an account: that of its first position's market; without any, the cross pool.
    /// </summary>
    internal int PoolOf(LedgerAccount account) =>
        account.Positions.IsEmpty ? CrossPool : _markets[account.Positions[0].Market].Pool;

    /// <summary>
    /// A number from 0 up to, without, a count. Drawn anew from the block, so that every draw of a block
    /// with the same count gives the same, as on the chain.
    /// </summary>
    internal int Draw(int count)
    {
        var chance = new SeededRandom(Parameters.Seed).Fork((ulong)Time.ToUnixTimeMilliseconds());
        return (int)(chance.NextBits() % (ulong)count);
    }
}

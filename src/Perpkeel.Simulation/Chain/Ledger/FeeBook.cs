using System.Numerics;
using Perpkeel.Core.Margin.Dydx.Fees;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>
/// Volumes of thirty days by owner, and the fee rates that follow. What a block trades counts from the next
/// block on. Rates are found once for an owner and a block.
/// </summary>
/// <remarks>
/// Source: dYdX v4-chain, stats and fee tiers. Volumes leave by the day (UTC), not by the hour.
/// </remarks>
internal sealed class FeeBook(FeeSchedule schedule)
{
    private readonly List<OwnerFees?> _owners = [];
    private readonly List<int> _traded = [];
    private readonly VolumeWindow _global = new();
    private Int128 _blockVolume;
    private long _day;
    private int _version = 1;

    /// <summary>Everybody's volume of thirty days, each fill counted once, in quote quantums.</summary>
    public Int128 GlobalVolume => _global.Total;

    /// <summary>An owner's volumes of thirty days, and everybody's.</summary>
    public TradedVolume VolumeOf(int owner) => Known(owner) is { } known
        ? new(known.Taker.Total, known.Maker.Total, _global.Total)
        : new(0, 0, _global.Total);

    /// <summary>An owner's rates as of this block.</summary>
    public FeeRates RatesOf(int owner)
    {
        var known = Of(owner);
        if (known.Version != _version)
        {
            known.Rates = schedule.RatesOf(known.Standing with { Volume = VolumeOf(owner) });
            known.Version = _version;
        }

        return known.Rates;
    }

    /// <summary>What a fill is charged in a market that charges a share of its fees.</summary>
    public Ppm RateOf(int owner, bool isTaker, Ppm marketCharge) => RatesOf(owner).Of(isTaker, marketCharge);

    /// <summary>What an owner is beside its volume.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="isVault">Whether it is a vault of the venue.</param>
    /// <param name="leastTier">Index of the tier that it has at least.</param>
    /// <param name="staked">Base tokens that it has staked; null where no stake can be known.</param>
    public void Stand(int owner, bool isVault, int leastTier, BigInteger? staked)
    {
        var known = Of(owner);
        known.Standing = new FeePayer
        {
            Volume = default,
            IsVault = isVault,
            LeastTier = leastTier,
            Staked = staked,
        };
        known.Version = 0;
    }

    /// <summary>Counts a fill; it shows from the next block on.</summary>
    internal void Record(int taker, int maker, Int128 quote)
    {
        _blockVolume += quote;
        Count(taker).BlockTaker += quote;
        Count(maker).BlockMaker += quote;
    }

    /// <summary>A block begins: what the last one traded counts now, and old days leave.</summary>
    internal void Begin(DateTimeOffset time)
    {
        if (_traded.Count > 0)
        {
            _version++;
            _global.Add(_day, _blockVolume);
            _blockVolume = 0;
            foreach (var owner in _traded) _owners[owner]!.Count(_day);
            _traded.Clear();
        }

        var day = time.ToUnixTimeSeconds() / (long)TimeSpan.FromDays(1).TotalSeconds;
        if (day == _day) return;
        _version++;
        _global.Roll(_day, day);
        foreach (var owner in _owners) owner?.Roll(_day, day);
        _day = day;
    }

    private OwnerFees Count(int owner)
    {
        var known = Of(owner);
        if (!known.HasTraded)
        {
            known.HasTraded = true;
            _traded.Add(owner);
        }

        return known;
    }

    private OwnerFees? Known(int owner) => owner < _owners.Count ? _owners[owner] : null;

    private OwnerFees Of(int owner)
    {
        while (_owners.Count <= owner) _owners.Add(null);
        return _owners[owner] ??= new OwnerFees();
    }

    /// <summary>What is kept of one owner.</summary>
    private sealed class OwnerFees
    {
        public VolumeWindow Taker { get; } = new();

        public VolumeWindow Maker { get; } = new();

        public Int128 BlockTaker { get; set; }

        public Int128 BlockMaker { get; set; }

        public bool HasTraded { get; set; }

        public FeePayer Standing { get; set; } = new() { Volume = default };

        public FeeRates Rates { get; set; }

        public int Version { get; set; }

        public void Count(long day)
        {
            Taker.Add(day, BlockTaker);
            Maker.Add(day, BlockMaker);
            BlockTaker = BlockMaker = 0;
            HasTraded = false;
        }

        public void Roll(long from, long to)
        {
            Taker.Roll(from, to);
            Maker.Roll(from, to);
        }
    }
}

namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// The price of one synthetic market, second by second. Its middle price is a martingale: whatever has
/// happened so far, up and down are equally likely and equally large. What the past does tell is how large.
/// </summary>
internal sealed class PricePath
{
    private const double SecondsPerMinute = 60;

    // So far from its start a price never comes in practice; the bound keeps the integers in range.
    private const double Widest = 50;

    // The premium of the book over the oracle: one basis point usually, lasting about an hour.
    private const double PremiumPull = 1 / 3_600d;
    private const double UsualPremium = 0.0001;

    // Half the spread as a share of what the price usually moves in a minute right now.
    private const double HalfSpreadShare = 0.045;

    // The base and the bounds of the hourly rate; the premium counts for eight hours.
    private const double BaseRate = 0.0000125;
    private const double RateNoise = 0.000001;
    private const double WidestRate = 0.0001;
    private const double HoursOfPremium = 8;

    private static readonly double PremiumNoise = UsualPremium * Math.Sqrt(2 * PremiumPull);
    private static readonly double SecondShare = Math.Sqrt(1 / SecondsPerMinute);

    private readonly SyntheticProfile _profile;
    private readonly SeededRandom _random;
    private readonly SeededRandom _premiumRandom;
    private readonly VarianceFactor _slow;
    private readonly VarianceFactor _fast;
    private readonly double _ownShare;
    private double _premium;
    private double _premiumSum;
    private int _premiumCount;

    /// <summary>Takes streams of chance that are nobody else's.</summary>
    public PricePath(SyntheticProfile profile, SeededRandom random)
    {
        _profile = profile;
        _random = random;
        _slow = new VarianceFactor(random.Fork(1), memorySeconds: 10_800, variance: 0.5);
        _fast = new VarianceFactor(random.Fork(2), memorySeconds: 40, variance: 0.95);
        _premiumRandom = random.Fork(3);
        _ownShare = Math.Sqrt(1 - (profile.Loading * profile.Loading));
        Mid = profile.StartPrice;
        Liveliness = 1;
    }

    /// <summary>The middle of the book, in USD.</summary>
    public double Mid { get; private set; }

    /// <summary>The oracle's price, in USD.</summary>
    public double Oracle => Mid / (1 + _premium);

    /// <summary>How much the price moves now, in multiples of a usual minute's standard deviation.</summary>
    public double Liveliness { get; private set; }

    /// <summary>Half the spread before it is rounded to the grid, in USD.</summary>
    public double HalfSpread => Mid * HalfSpreadShare * _profile.MinuteVolatility * Liveliness;

    /// <summary>Moves it on by one second.</summary>
    public void Step(CommonFactor common)
    {
        _slow.Step();
        _fast.Step();
        Liveliness = Math.Sqrt(common.Variance * _slow.Value * _fast.Value);

        var shock = (_profile.Loading * common.Shock) + (_ownShare * FatTails.Next(_random));
        var jump = (_profile.Loading * common.Jump) + FatTails.NextJump(_random);
        if (jump != 0) _fast.Raise(1);

        var move = _profile.MinuteVolatility * Liveliness * ((SecondShare * shock) + jump);
        Mid = Math.Clamp(Mid * (1 + move), _profile.StartPrice / Widest, _profile.StartPrice * Widest);

        _premium += (PremiumNoise * _premiumRandom.NextBell()) - (PremiumPull * _premium);
        _premiumSum += _premium;
        _premiumCount++;
    }

    /// <summary>The hourly rate of the seconds since the last call, in billionths.</summary>
    public long TakeFundingRate()
    {
        var mean = _premiumSum / Math.Max(1, _premiumCount);
        _premiumSum = 0;
        _premiumCount = 0;
        var rate = BaseRate + (mean / HoursOfPremium) + (RateNoise * _premiumRandom.NextBell());
        return (long)Math.Floor(Math.Clamp(rate, -WidestRate, WidestRate) * 1_000_000_000);
    }
}

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

    // Half the spread as a share of what the price usually moves in a minute right now.
    private const double HalfSpreadShare = 0.085;

    // What has jumped stays restless for a minute, and more so after news.
    private const double JumpRaise = 1;
    private const double NewsRaise = 3;

    private static readonly double SecondShare = Math.Sqrt(1 / SecondsPerMinute);

    private readonly SyntheticProfile _profile;
    private readonly MarketModel _model;
    private readonly SeededRandom _random;
    private readonly PremiumPath _premium;
    private readonly MakerNerve _nerve;
    private readonly VarianceFactor _slow;
    private readonly VarianceFactor _fast;
    private readonly double _minuteVolatility;
    private readonly double _ownShare;

    /// <summary>Takes streams of chance that are nobody else's.</summary>
    public PricePath(SyntheticProfile profile, MarketModel model, SeededRandom random)
    {
        _profile = profile;
        _model = model;
        _random = random;
        _slow = new VarianceFactor(random.Fork(1), memorySeconds: 7_200, variance: 0.6);
        _fast = new VarianceFactor(random.Fork(2), memorySeconds: 60, variance: 0.6);
        _premium = new PremiumPath(model, random.Fork(3));
        _nerve = new MakerNerve(model);
        _minuteVolatility = profile.MinuteVolatility * model.Volatility;
        _ownShare = Math.Sqrt(1 - (profile.Loading * profile.Loading));
        Mid = profile.StartPrice;
        Liveliness = 1;
    }

    /// <summary>The middle of the book, in USD.</summary>
    public double Mid { get; private set; }

    /// <summary>The oracle's price, in USD.</summary>
    public double Oracle => Mid / (1 + _premium.Value);

    /// <summary>How much the price moves now, in multiples of a usual minute's standard deviation.</summary>
    public double Liveliness { get; private set; }

    /// <summary>The share of the makers who are there.</summary>
    public double Makers => _nerve.Share;

    /// <summary>
    /// Half the spread before it is rounded to the grid, in USD: it follows what the price moves now, and
    /// widens as makers leave.
    /// </summary>
    public double HalfSpread =>
        Mid * HalfSpreadShare * _model.Spread * _minuteVolatility * Liveliness / Math.Sqrt(_nerve.Share);

    /// <summary>Moves it on by one second.</summary>
    public void Step(CommonFactor common)
    {
        _slow.Step();
        _fast.Step();
        Liveliness = Math.Sqrt(common.Variance * _slow.Value * _fast.Value);

        var shock = (_profile.Loading * common.Shock) + (_ownShare * FatTails.Next(_random));
        var jump = (_profile.Loading * common.Jump) + FatTails.NextJump(_random, _model.JumpsPerDay);
        var news = (_profile.Loading * common.News) + FatTails.NextNews(_random, _model.OwnNewsPerDay);
        if (jump != 0) _fast.Raise(JumpRaise);
        if (news != 0) _fast.Raise(NewsRaise);

        var move = _minuteVolatility * ((Liveliness * ((SecondShare * shock) + jump)) + news);
        Mid = Math.Clamp(Mid * (1 + move), _profile.StartPrice / Widest, _profile.StartPrice * Widest);
        _nerve.Step(Liveliness * _model.Volatility, hasNews: news != 0);
        _premium.Step();
    }
}

using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Tests.Margin.Dydx;

/// <summary>Markets and accounts from a seed, from dust to fortunes.</summary>
internal sealed class RandomChain(int seed)
{
    /// <summary>How many cases a cheap property is tried on.</summary>
    public const int Cases = 10_000;

    private readonly Random _random = new(seed);

#pragma warning disable CA5394 // Seeded sequences for tests, not secrets.
    public int Below(int end) => _random.Next(end);

    public long Long() => _random.NextInt64(long.MaxValue);
#pragma warning restore CA5394

    public int Between(int from, int to) => from + Below(to + 1 - from);

    public bool Coin() => Below(2) == 0;

    /// <summary>Up to so many digits, with a sign; zero at times.</summary>
    public BigInteger Signed(int digits) => Coin() ? Unsigned(digits) : -Unsigned(digits);

    /// <summary>Up to so many digits; zero at times.</summary>
    public BigInteger Unsigned(int digits)
    {
        var bound = BigInteger.Pow(10, Between(0, digits));
        return new BigInteger(Long()) * Long() % bound;
    }

    public LiquidityTier Tier()
    {
        var lower = (Int128)Unsigned(14);
        return new LiquidityTier
        {
            InitialMarginPpm = new Ppm(Between(1, 1_000_000)),
            MaintenanceFractionPpm = new Ppm(Between(1, 1_000_000)),
            OpenInterestLowerCap = new(lower),
            OpenInterestUpperCap = new(Below(4) == 0 ? 0 : lower + (Int128)Unsigned(14)),
        };
    }

    /// <summary>So many markets with a price each.</summary>
    public Dictionary<MarketId, Perpetual> Perpetuals(int count) => Enumerable.Range(0, count)
        .Select(index => new Perpetual
        {
            Id = new MarketId($"M{index}"),
            AtomicResolution = Between(-10, -5),
            OracleExponent = Between(-9, -5),
            OraclePrice = 1 + Unsigned(10),
            OpenInterest = Unsigned(14),
            FundingIndex = Signed(6),
            LiquidityTier = Tier(),
        })
        .ToDictionary(market => market.Id);

    /// <summary>An account with a position in each of the markets, at times with leverage chosen.</summary>
    public Subaccount Account(IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        var account = new Subaccount { Usdc = Signed(14) };
        foreach (var (id, market) in perpetuals)
        {
            account = account.With(new PerpetualPosition(id, Signed(13), market.FundingIndex, 0));
            if (Below(3) == 0)
            {
                var custom = Between((int)market.LiquidityTier.InitialMarginPpm.Value, 1_000_000);
                account = account with
                {
                    CustomInitialMarginPpm = account.CustomInitialMarginPpm.SetItem(id, new Ppm(custom)),
                };
            }
        }

        return account;
    }

    public SubaccountRisk Risk(int digits)
    {
        var maintenance = Unsigned(digits);
        return new(Signed(digits), maintenance + Unsigned(digits), maintenance);
    }
}

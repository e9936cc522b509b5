using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Simulation.Tests.Chain.Book;

/// <summary>A kind of market: where orders come in, how large they are, and how many buy.</summary>
internal sealed class PriceRegime(string name, ulong seed)
{
    private readonly SeededRandom _random = new(seed);
    private long _middle = name is "top" ? long.MaxValue - 3_000 : name is "bottom" ? 40 : 1_000_000;

    /// <summary>Uniform from 0, inclusive, to a limit, exclusive.</summary>
    public long Next(long limit) => (long)(_random.NextBits() % (ulong)limit);

    /// <summary>Whether something of so many in a hundred happens now.</summary>
    public bool Happens(int percent) => Next(100) < percent;

    public bool NextIsBuy() => Happens(name is "one-sided" ? 92 : 50);

    public long NextQuantums() => name is "huge" ? 1 + (long)(_random.NextBits() >> 1) : 1 + Next(30);

    /// <summary>A price; on average a third of the buys lies above the middle.</summary>
    public long NextPrice(bool isBuy)
    {
        _middle = name switch
        {
            "jumps" when Next(400) == 0 && _middle < long.MaxValue / 20 => _middle * 10,
            "jumps" when Next(400) == 0 && _middle > 1_000 => _middle / 10,
            "drift" => _middle + Next(9) - 2,
            _ => _middle,
        };
        if (name is "sparse") return 1L + (long)(_random.NextBits() >> (int)(2 + Next(60)));
        var spread = name switch
        {
            "wide" => 6_000,
            "drift" => 1_500,
            "top" => 3_000,
            "jumps" => 60,
            _ => 12,
        };
        var better = Happens(33) ? 1 : -1;
        var away = Next(spread) * (isBuy ? better : -better);
        return Math.Max(1, away > long.MaxValue - _middle ? long.MaxValue : _middle + away);
    }
}

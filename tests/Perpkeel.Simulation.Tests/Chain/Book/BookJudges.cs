using Perpkeel.Simulation.Chain.Book;

namespace Perpkeel.Simulation.Tests.Chain.Book;

/// <summary>Agrees to everything.</summary>
internal readonly struct AgreeingJudge : IMatchJudge
{
    public MatchVerdict Judge(in MatchOffer offer) => MatchVerdict.Fill(offer.Quantums);
}

/// <summary>Gives listed verdicts, then agrees to everything; remembers what it was offered.</summary>
internal readonly struct ListedJudge(params MatchVerdict[] verdicts) : IMatchJudge
{
    private readonly Queue<MatchVerdict> _verdicts = new(verdicts);

    public List<MatchOffer> Offers { get; } = [];

    public MatchVerdict Judge(in MatchOffer offer)
    {
        Offers.Add(offer);
        return _verdicts.TryDequeue(out var verdict) ? verdict : MatchVerdict.Fill(offer.Quantums);
    }
}

/// <summary>
/// A judge whose verdict follows from the offer alone, so that two books hear the same: mostly it agrees,
/// removes makers of the taker's owner, and sometimes does each of the other things. Two books that ask the
/// same offers in the same order leave the same <see cref="Asked"/> behind.
/// </summary>
internal struct MoodyJudge(ulong seed, int moodPercent) : IMatchJudge
{
    private const int Owners = 11;

    public ulong Asked { get; private set; }

    public MatchVerdict Judge(in MatchOffer offer)
    {
        var dice = Mix(Mix(Mix(Mix(seed ^ (ulong)offer.TakerTag) ^ (ulong)offer.MakerTag)
            ^ (ulong)offer.Price.Value) ^ (ulong)offer.Quantums ^ (ulong)offer.TakerSide);
        Asked = Mix(Asked ^ dice ^ (offer.IsTrial ? 1UL : 0UL));
        if (offer.TakerTag % Owners == offer.MakerTag % Owners)
            return MatchVerdict.RemoveMaker(MatchRefusal.SelfTrade);
        if (dice % 100 >= (ulong)moodPercent) return MatchVerdict.Fill(offer.Quantums);
        var smaller = MatchVerdict.Fill(offer.Quantums - (offer.Quantums / 2));
        return ((dice >> 32) % 7) switch
        {
            0 => smaller,
            1 => smaller.AndRemoveMaker(MatchRefusal.ReduceOnly),
            2 => smaller.AndStopTaker(MatchRefusal.ReduceOnly),
            3 => MatchVerdict.RemoveMaker(MatchRefusal.Undercollateralized),
            4 => MatchVerdict.StopTaker(MatchRefusal.Undercollateralized),
            5 => MatchVerdict.RemoveMaker(MatchRefusal.Undercollateralized)
                .AndStopTaker(MatchRefusal.ViolatesIsolation),
            _ => MatchVerdict.Fill(offer.Quantums).AndStopTaker(MatchRefusal.ReduceOnly),
        };
    }

    private static ulong Mix(ulong bits)
    {
        unchecked
        {
            bits = (bits ^ (bits >> 29)) * 0xD6E8FEB86659FD93;
            return (bits ^ (bits >> 32)) + 0x632BE59BD9B4E019;
        }
    }
}

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>
/// What a judge says to an offer: a fill, the maker's removal, the taker's end, or several of these, carried
/// out in this order. The default says nothing and is refused by the book.
/// </summary>
internal readonly record struct MatchVerdict
{
    /// <summary>What is to be filled, in base quantums; zero for no fill.</summary>
    public long Quantums { get; private init; }

    /// <summary>Why the maker, or what the fill leaves of it, is removed.</summary>
    public MatchRefusal Maker { get; private init; }

    /// <summary>Why the taker, or what the fill leaves of it, ends here without resting.</summary>
    public MatchRefusal Taker { get; private init; }

    /// <summary>
    /// Fills so much, at most what was offered. When both orders have more the same maker is offered again.
    /// </summary>
    public static MatchVerdict Fill(long quantums) => new() { Quantums = quantums };

    /// <summary>Takes the maker out of the book and goes on with the next.</summary>
    public static MatchVerdict RemoveMaker(MatchRefusal reason) => new() { Maker = reason };

    /// <summary>Ends the taker; what was filled stays filled, nothing of it rests.</summary>
    public static MatchVerdict StopTaker(MatchRefusal reason) => new() { Taker = reason };

    /// <summary>The same, and the maker is removed.</summary>
    public MatchVerdict AndRemoveMaker(MatchRefusal reason) => this with { Maker = reason };

    /// <summary>The same, and the taker ends.</summary>
    public MatchVerdict AndStopTaker(MatchRefusal reason) => this with { Taker = reason };

    /// <summary>Throws when the verdict fills more than was offered, or says nothing.</summary>
    internal void ThrowIfUnfit(long offered)
    {
        var isSilent = Quantums == 0 && Maker == MatchRefusal.None && Taker == MatchRefusal.None;
        if (isSilent || Quantums < 0 || Quantums > offered)
        {
            throw new InvalidOperationException($"{this} is no verdict on an offer of {offered} quantums.");
        }
    }
}

using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>A fill that the book is about to make, if its judge agrees.</summary>
internal readonly record struct MatchOffer
{
    /// <summary>The tag of the order that came.</summary>
    public required long TakerTag { get; init; }

    /// <summary>The tag of the order that rests.</summary>
    public required long MakerTag { get; init; }

    /// <summary>The maker's price.</summary>
    public required Ticks Price { get; init; }

    /// <summary>What both still have, in base quantums: the most that can be filled.</summary>
    public required long Quantums { get; init; }

    /// <summary>The side of the order that came.</summary>
    public required Side TakerSide { get; init; }

    /// <summary>
    /// Whether the book only asks what would be: a post-only order meets others. No fill is made then,
    /// whatever the verdict; a maker that is not fit is removed all the same, as on the chain.
    /// </summary>
    public required bool IsTrial { get; init; }
}

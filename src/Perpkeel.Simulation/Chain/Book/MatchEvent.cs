using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>What happened to one maker when an order came.</summary>
internal readonly record struct MatchEvent
{
    /// <summary>The maker; the handle is of the past when nothing is left of it.</summary>
    public required OrderHandle Maker { get; init; }

    /// <summary>What the maker came with.</summary>
    public required long MakerTag { get; init; }

    /// <summary>The maker's price, at which it was filled.</summary>
    public required Ticks Price { get; init; }

    /// <summary>What was filled, or what was removed unfilled, in base quantums.</summary>
    public required long Quantums { get; init; }

    /// <summary>What is left of the maker in the book.</summary>
    public required long Left { get; init; }

    /// <summary>Why the maker was removed; none for a fill.</summary>
    public required MatchRefusal Removal { get; init; }

    /// <summary>Whether this is a fill.</summary>
    public bool IsFill => Removal == MatchRefusal.None;
}

using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>An order that rests in a book, as it stands.</summary>
internal readonly record struct RestingOrder
{
    /// <summary>Finds it again.</summary>
    public required OrderHandle Handle { get; init; }

    /// <summary>Buys or sells.</summary>
    public required Side Side { get; init; }

    /// <summary>Its limit, at which it is filled.</summary>
    public required Ticks Price { get; init; }

    /// <summary>What is left of it, in base quantums.</summary>
    public required long Quantums { get; init; }

    /// <summary>What it came with.</summary>
    public required long Tag { get; init; }
}

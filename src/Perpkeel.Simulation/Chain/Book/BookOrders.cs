using Perpkeel.Core.Instruments;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>The orders of one side by priority; made for <c>foreach</c>.</summary>
internal struct BookOrders
{
    private readonly ClobBook _book;
    private readonly long _changes;
    private int _next;

    /// <summary>The orders of a book as it stands.</summary>
    internal BookOrders(ClobBook book, Side side)
    {
        _book = book;
        _changes = book.Changes;
        var best = book.Ladder.Best(side);
        _next = best != LevelPool.None ? book.Ladder.Level(best).Head : OrderPool.None;
    }

    /// <summary>The present order.</summary>
    public RestingOrder Current { get; private set; }

    /// <summary>The walk itself.</summary>
    public readonly BookOrders GetEnumerator() => this;

    /// <summary>Goes to the next order.</summary>
    /// <exception cref="InvalidOperationException">The book has changed since the walk began.</exception>
    public bool MoveNext()
    {
        if (_book.Changes != _changes) throw new InvalidOperationException("The book has changed.");
        if (_next == OrderPool.None) return false;
        Current = _book.Ladder.View(_next);
        _next = _book.Ladder.After(_next);
        return true;
    }
}

using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>The levels of one side from the best price on; made for <c>foreach</c>.</summary>
internal struct BookLevels
{
    private readonly ClobBook _book;
    private readonly long _changes;
    private int _next;

    /// <summary>The levels of a book as it stands.</summary>
    internal BookLevels(ClobBook book, Side side)
    {
        _book = book;
        _changes = book.Changes;
        _next = book.Ladder.Best(side);
    }

    /// <summary>The present level.</summary>
    public DepthLevel Current { get; private set; }

    /// <summary>The walk itself.</summary>
    public readonly BookLevels GetEnumerator() => this;

    /// <summary>Goes to the next level.</summary>
    /// <exception cref="InvalidOperationException">The book has changed since the walk began.</exception>
    public bool MoveNext()
    {
        if (_book.Changes != _changes) throw new InvalidOperationException("The book has changed.");
        if (_next == LevelPool.None) return false;
        ref var level = ref _book.Ladder.Level(_next);
        Current = new DepthLevel(new Ticks(level.Price), level.Quantums, level.Count);
        _next = _book.Ladder.Behind(_next);
        return true;
    }
}

using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Venues.Dydx.Indexer.Books;
using Perpkeel.Venues.Dydx.Indexer.Rest;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>
/// Holds live books against REST in turn. The stream has no checksum, and the server itself can lose a change
/// between picture and subscription: a level that is wrong twice in a row makes its book begin anew.
/// </summary>
/// <param name="client">REST.</param>
/// <param name="socket">The stream.</param>
/// <param name="time">The clock.</param>
public sealed class BookPatrol(IndexerClient client, IndexerSocket socket, TimeProvider time)
{
    private readonly Dictionary<BookSubscription, ImmutableArray<BookDoubt>> _doubts = [];

    /// <summary>Books that were found wrong and began anew.</summary>
    public int Found { get; private set; }

    /// <summary>Why the last question was not answered; null where it was.</summary>
    public IndexerError? LastError { get; private set; }

    /// <summary>Goes round until it is told to stop.</summary>
    /// <param name="books">The books.</param>
    /// <param name="every">How long a round takes.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task RunAsync(
        IReadOnlyList<BookSubscription> books, TimeSpan every, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(books);
        while (true)
        {
            await Task.Delay(every, time, cancellation);
            foreach (var book in books) await CheckAsync(book, cancellation);
        }
    }

    /// <summary>Checks one book; whether it was found wrong.</summary>
    public async Task<bool> CheckAsync(BookSubscription book, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(book);
        if (book.State != SubscriptionState.Live)
        {
            _doubts.Remove(book);
            return false;
        }

        var asked = await client.Markets.BookAsync(new MarketId(book.Id), cancellation);
        LastError = null;
        if (!asked.TryGet(out var answer, out var error))
        {
            LastError = error;
            return false;
        }

        var doubts = BookCheck.Differences(book.Book, answer, book.TickSize, book.StepSize);
        var wrong = BookCheck.Confirmed(_doubts.GetValueOrDefault(book, []), doubts);
        _doubts[book] = doubts;
        if (wrong.IsEmpty)
        {
            if (doubts.IsEmpty) book.Book.Heard(time.GetUtcNow(), PriceSource.Stream);
            return false;
        }

        _doubts.Remove(book);
        Found++;
        var one = wrong[0];
        socket.Restart(
            book, new StreamFault.Mismatch(
                $"{book.Id} {one.Side} at {one.Price} ticks is {one.Asked} steps and not {one.Told.Size}"));
        return true;
    }
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>
/// Goes back page by page, by the instant of the last row, so that what happens meanwhile moves nothing.
/// Bounds are inclusive: the rows at a border come twice and are told once.
/// </summary>
internal static class Pages
{
    /// <summary>Rows of all pages, newest first; an error is told and ends them.</summary>
    /// <param name="ask">A page, by the upper bound; null for the newest.</param>
    /// <param name="key">What tells rows apart.</param>
    /// <param name="at">The instant of a row, for the next bound.</param>
    /// <param name="rows">Rows of a full page.</param>
    /// <param name="path">For errors.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async IAsyncEnumerable<Result<T, IndexerError>> BackAsync<T>(
        Func<DateTimeOffset?, Task<Result<ImmutableArray<T>, IndexerError>>> ask, Func<T, string> key,
        Func<T, DateTimeOffset> at, int rows, string path,
        [EnumeratorCancellation] CancellationToken cancellation)
        where T : notnull
    {
        DateTimeOffset? before = null;
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!(await ask(before)).TryGet(out var page, out var error))
            {
                yield return error;
                yield break;
            }

            var fresh = 0;
            var next = new HashSet<string>(StringComparer.Ordinal);
            foreach (var row in page)
            {
                next.Add(key(row));
                if (known.Contains(key(row))) continue;
                fresh++;
                yield return row;
            }

            if (page.Length < rows) yield break;
            var last = page.Min(at);
            if (fresh == 0 || last == before)
            {
                yield return new IndexerError.Stuck(path);
                yield break;
            }

            (known, before) = (next, last);
        }
    }
}

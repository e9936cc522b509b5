using System.Collections.Immutable;
using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Protos.Cosmos;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>Lists that come in pages.</summary>
internal static class Paging
{
    /// <summary>Rows of a page.</summary>
    public const ulong PageRows = 1_000;

    /// <summary>Pages that are read; the chain has a few hundred markets.</summary>
    public const int MostPages = 20;

    /// <summary>Asks for page after page.</summary>
    /// <param name="ask">Asks for one page.</param>
    /// <param name="rows">Its rows and what comes after it.</param>
    public static async Task<Result<ImmutableArray<TRow>, NodeError>> AllAsync<TPage, TRow>(
        Func<PageRequest, Task<Result<TPage, NodeError>>> ask,
        Func<TPage, (IEnumerable<TRow> Rows, PageResponse? Next)> rows)
        where TPage : class
    {
        var all = ImmutableArray.CreateBuilder<TRow>();
        var key = ByteString.Empty;
        for (var page = 0; page < MostPages; page++)
        {
            var asked = await ask(new PageRequest { Key = key, Limit = PageRows });
            if (!asked.TryGet(out var answer, out var error)) return error;
            var (found, next) = rows(answer);
            all.AddRange(found);
            if (next is null || next.NextKey.IsEmpty) return all.ToImmutable();
            key = next.NextKey;
        }

        return new NodeError.Nonsense(FormattableString.Invariant($"a list has more than {MostPages} pages"));
    }
}

using System.CommandLine;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Rest;

namespace Perpkeel.Cli.Dydx.Reading;

/// <summary>
/// One question to the Indexer, told as a table or as JSON; faults in words with an exit code.
/// </summary>
internal sealed class IndexerRun(Surroundings surroundings)
{
    public IndexerOptions Options { get; } = new();

    /// <summary>Asks and tells.</summary>
    public async Task<int> AskAsync<T>(
        ParseResult parsed, Func<IndexerClient, CancellationToken, Task<Result<T, IndexerError>>> ask,
        Action<T, bool> tell, CancellationToken cancellation)
        where T : notnull
    {
        if (!Options.Settings(parsed).TryGet(out var settings, out var wrong)) return Usage(wrong);
        var exchange = surroundings.OpenExchange();
        using var closed = exchange as IDisposable;
        var asked = await ask(new IndexerClient(settings, exchange, surroundings.Wall), cancellation);
        if (!asked.TryGet(out var value, out var error)) return Fail(error);
        tell(value, Options.IsJson(parsed));
        return ExitCode.Ok;
    }

    /// <summary>Tells what is wrong with the command line.</summary>
    public int Usage(UserError error)
    {
        surroundings.Complain(error.Lines);
        return ExitCode.Usage;
    }

    /// <summary>Tells why there is no answer.</summary>
    public int Fail(IndexerError error)
    {
        surroundings.Complain([error.ToString()]);
        return ExitCode.Failed;
    }
}

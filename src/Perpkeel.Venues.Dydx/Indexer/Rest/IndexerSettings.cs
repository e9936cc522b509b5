using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>Which Indexer, and how patiently.</summary>
public sealed record IndexerSettings
{
    private const int SixteenMebibytes = 16 * 1024 * 1024;

    /// <summary>Where questions go, ending in <c>/v4</c>.</summary>
    public required Uri Rest { get; init; }

    /// <summary>Where the stream is, ending in <c>/v4/ws</c>.</summary>
    public required Uri Stream { get; init; }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer that are read.</summary>
    public int MostBytes { get; init; } = SixteenMebibytes;

    /// <summary>How often a question is asked before its error is told.</summary>
    public int MostTries { get; init; } = 3;

    /// <summary>How long a question may wait for its turn.</summary>
    public TimeSpan MostWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The main network.</summary>
    public static IndexerSettings Mainnet { get; } = new()
    {
        Rest = new Uri("https://indexer.dydx.trade/v4"),
        Stream = new Uri("wss://indexer.dydx.trade/v4/ws"),
    };

    /// <summary>The public test network.</summary>
    public static IndexerSettings Testnet { get; } = new()
    {
        Rest = new Uri("https://indexer.v4testnet.dydx.exchange/v4"),
        Stream = new Uri("wss://indexer.v4testnet.dydx.exchange/v4/ws"),
    };

    /// <summary>An Indexer on this machine, at the ports of its own repository.</summary>
    public static IndexerSettings Local { get; } = new()
    {
        Rest = new Uri("http://localhost:3002/v4"),
        Stream = new Uri("ws://localhost:3003/v4/ws"),
    };

    /// <summary>
    /// Reads <c>mainnet</c>, <c>testnet</c>, <c>local</c> or an address such as
    /// <c>https://indexer.example/v4</c>, whose stream is at <c>/ws</c> below it.
    /// </summary>
    public static Result<IndexerSettings, IndexerError> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim() switch
        {
            "mainnet" => Mainnet,
            "testnet" => Testnet,
            "local" => Local,
            var address => At(address),
        };
    }

    private static Result<IndexerSettings, IndexerError> At(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https") || address.Host.Length == 0
            || address.Query.Length > 0 || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            return new IndexerError.BadQuestion(
                text, "it is none of mainnet, testnet, local, and no address such as https://host/v4");
        }

        var path = address.AbsolutePath.TrimEnd('/');
        if (path.Length == 0) path = "/v4";
        var rest = new UriBuilder(address) { Path = path };
        var isSafe = address.Scheme.Equals("https", StringComparison.Ordinal);
        var stream = new UriBuilder(address) { Scheme = isSafe ? "wss" : "ws", Path = path + "/ws" };
        if (address.IsDefaultPort) (rest.Port, stream.Port) = (-1, -1);
        return Local with { Rest = rest.Uri, Stream = stream.Uri };
    }
}

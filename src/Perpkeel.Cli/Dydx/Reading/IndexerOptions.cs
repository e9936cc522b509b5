using System.CommandLine;
using System.Globalization;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Rest;

namespace Perpkeel.Cli.Dydx.Reading;

/// <summary>The options of all verbs that ask the Indexer.</summary>
internal sealed class IndexerOptions
{
    private readonly Option<string> _network = new("--network")
    {
        Description = "mainnet, testnet or local",
        HelpName = "NETWORK",
        DefaultValueFactory = _ => "testnet",
    };

    private readonly Option<string?> _indexer = new("--indexer")
    {
        Description = "Another Indexer, e.g. https://host/v4; its stream is at /ws below it",
        HelpName = "URL",
    };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line" };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_network);
        command.Options.Add(_indexer);
        command.Options.Add(_json);
    }

    /// <summary>Whether JSON is told.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Which Indexer was named.</summary>
    public Result<IndexerSettings, UserError> Settings(ParseResult parsed)
    {
        var network = parsed.GetValue(_network) ?? string.Empty;
        if (parsed.GetValue(_indexer) is not { } address)
        {
            return network is "mainnet" or "testnet" or "local"
                ? Parse(network)
                : UserError.Of(
                    $"--network {network}: it is none of mainnet, testnet, local. Name another Indexer with "
                    + "--indexer https://host/v4.");
        }

        return Typed.Has(parsed, _network)
            ? UserError.Of("--network and --indexer: name one of them.")
            : Parse(address);
    }

    /// <summary>A time span as <c>30s</c>, <c>5m</c>, <c>2h</c>; at most a day.</summary>
    public static Result<TimeSpan, UserError> Span(string name, string text)
    {
        var unit = text.Length == 0 ? ' ' : text[^1];
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3_600, _ => 0 };
        return seconds > 0
            && int.TryParse(
                text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture,
                out var count)
            && count > 0 && (long)count * seconds <= 86_400
            ? TimeSpan.FromSeconds((double)count * seconds)
            : UserError.Of($"{name} {text}: write a whole number and a unit, at most 24h: 30s, 5m or 2h.");
    }

    private static Result<IndexerSettings, UserError> Parse(string text) =>
        IndexerSettings.Parse(text).TryGet(out var settings, out var error)
            ? settings
            : UserError.Of(error.Message);
}

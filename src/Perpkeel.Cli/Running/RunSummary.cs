using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Running;

/// <summary>What a run did: money as strings, counts as numbers.</summary>
internal sealed record RunSummary
{
    /// <summary>Where the markets came from.</summary>
    public required string Source { get; init; }

    /// <summary>Why it ended: finished, time-is-up, cancelled.</summary>
    public required string Ended { get; init; }

    /// <summary>Engine time at the end.</summary>
    public required DateTimeOffset EngineTime { get; init; }

    /// <summary>Rows of the recording that were played; 0 for a synthetic market.</summary>
    public required long Rows { get; init; }

    /// <summary>Market events.</summary>
    public required long Events { get; init; }

    /// <summary>Market events a second of the wall clock, loading included.</summary>
    public required long EventsPerSecond { get; init; }

    /// <summary>Evaluations of the strategy.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Decisions recorded.</summary>
    public required long Decisions { get; init; }

    /// <summary>Plans refused by a limit.</summary>
    public required long Refusals { get; init; }

    /// <summary>Plans that the session's full lane for new risk had no room for.</summary>
    public required long PlansDropped { get; init; }

    /// <summary>Orders sent.</summary>
    public required long Orders { get; init; }

    /// <summary>Fills.</summary>
    public required long Fills { get; init; }

    /// <summary>Trades ended with a gain.</summary>
    public required long Wins { get; init; }

    /// <summary>Trades ended with a loss.</summary>
    public required long Losses { get; init; }

    /// <summary>Positions open at the end.</summary>
    public required int OpenPositions { get; init; }

    /// <summary>Balance plus the worth of open positions at the end.</summary>
    public required string Equity { get; init; }

    /// <summary>What ended trades brought in, fees and funding included.</summary>
    public required string RealisedPnl { get; init; }

    /// <summary>Fees of all fills.</summary>
    public required string Fees { get; init; }

    /// <summary>Funding received less paid.</summary>
    public required string Funding { get; init; }

    /// <summary>Greatest fall from the highest equity, marked hourly and at the end, as a fraction.</summary>
    public required string MaxDrawdown { get; init; }

    /// <summary>
    /// Seconds, beyond the deadline, in which a position had no stop at the venue; open positions included.
    /// </summary>
    public required decimal SecondsUnprotected { get; init; }

    /// <summary>99th percentile over positions of the milliseconds without protection.</summary>
    public required long UnprotectedP99Ms { get; init; }

    /// <summary>Fills in which the venue closed a position itself.</summary>
    public required long Liquidations { get; init; }

    /// <summary>Greatest memory of the process.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>Seconds of the wall clock, loading included.</summary>
    public required decimal ElapsedSeconds { get; init; }

    /// <summary>Records of the account's journal.</summary>
    public required long JournalRecords { get; init; }

    /// <summary>Chain hash of the account's journal.</summary>
    public required string JournalHash { get; init; }

    /// <summary>Chain hash of the venue's own journal.</summary>
    public required string VenueHash { get; init; }

    /// <summary>
    /// A number of everything that was asked of the modelled chain, and that it told: sixteen digits.
    /// </summary>
    public required string ChainHash { get; init; }

    /// <summary>Blocks of the modelled chain.</summary>
    public required long Blocks { get; init; }

    /// <summary>How often each fault has happened, by name.</summary>
    public required IReadOnlyDictionary<string, int> Faults { get; init; }

    /// <summary>Folder of the journals.</summary>
    public required string Data { get; init; }

    /// <summary>Gaps and assumptions of the data.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>The summary as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SummaryJson.Default.RunSummary);

    /// <summary>The summary as a table of names and values.</summary>
    public IEnumerable<(string Name, string Value)> ToRows()
    {
        yield return ("source", Source);
        yield return ("ended", $"{Reason()} at {EngineTime:yyyy-MM-dd HH:mm:ss} UTC (market time)");
        if (Rows > 0) yield return ("rows", Count(Rows));
        yield return ("events", $"{Count(Events)} ({Count(EventsPerSecond)}/s)");
        yield return ("decisions", $"{Count(Decisions)} ({Count(Refusals)} refused)");
        yield return ("orders, fills", $"{Count(Orders)}, {Count(Fills)}");
        yield return ("trades", $"{Count(Wins)} won, {Count(Losses)} lost, {OpenPositions} open");
        yield return ("equity", $"{MoneyText.Of(Equity)} USD");
        yield return ("realised P&L", $"{MoneyText.Change(RealisedPnl)} USD, fees and funding included");
        yield return ("fees, funding", $"{MoneyText.Of(Fees)} USD paid, {MoneyText.Change(Funding)} USD");
        yield return ("max drawdown", $"{MoneyText.Percent(MaxDrawdown)}, marked hourly");
        yield return ("unprotected",
            $"{Decimals.Text(SecondsUnprotected)} s beyond the deadline, p99 {Count(UnprotectedP99Ms)} ms");
        yield return ("liquidations", Count(Liquidations));
        if (Faults.Count > 0)
        {
            yield return ("faults", string.Join(", ", Faults.Select(fault => $"{fault.Key} {fault.Value}")));
        }

        yield return ("chain", $"{Count(Blocks)} blocks, history {ChainHash}");
        yield return ("memory, time",
            $"{Count(PeakMemoryBytes >> 20)} MiB, {Decimals.Text(ElapsedSeconds)} s");
        yield return ("journal", $"{Count(JournalRecords)} facts, {JournalHash}");
        yield return ("folder", Data);
    }

    private string Reason() => Ended switch
    {
        "finished" => "the recording is over",
        "time-is-up" => "the time is up",
        _ => "stopped",
    };

    private static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}

/// <summary>The generated serializer of <see cref="RunSummary"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using Perpkeel.Cli.Verbs;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Cli.Running;

/// <summary>
/// Carries out <c>perpkeel status</c>: folds a folder's journal without disturbing who writes it.
/// </summary>
internal sealed class StatusCommand(Surroundings surroundings)
{
    /// <summary>Shows the accounts; gives the exit code.</summary>
    public int Execute(string? folder, bool json)
    {
        if (!Folders.Find(folder).TryGet(out var path, out var wrong)) return Fail(wrong);
        try
        {
            using var journal = SqliteRecordLog.OpenReadOnly(RunFolder.JournalOf(path));
            foreach (var stream in journal.Streams())
            {
                var sums = Fold(journal.Read(stream, 0).Select(Decode));
                var status = StatusOf(path, stream, journal.Head(stream), sums);
                if (json) TellJson(status);
                else Tell(status);
            }

            return ExitCode.Ok;
        }
        catch (JournalException error)
        {
            return Fail(UserError.Of(error.Message));
        }
    }

    /// <summary>
    /// The state as the facts made it. The markets are not at hand here, so that worth is left out: what is
    /// shown is what the facts say.
    /// </summary>
    private static FactSums Fold(IEnumerable<JournaledFact> facts) =>
        facts.Aggregate(new FactSums(), (sums, fact) => sums.After(fact));

    private static JournaledFact Decode(LogRecord record) =>
        FactCodec.Decode(record) ?? throw new JournalException(
            JournalFault.UnknownVersion, "journal",
            $"Fact {record.Sequence} is of the unknown kind {record.Kind}.",
            "Use the version of perpkeel that wrote it, or a newer one.");

    private static AccountStatus StatusOf(string path, string stream, string head, FactSums sums) => new(
        stream, path, sums.Source, sums.At, sums.Sequence, head, Decimals.Text(sums.Equity.Value),
        sums.EquityAt,
        Decimals.Text(sums.Realised.Value),
        [.. sums.Open.Select(open => new PositionStatus(
            open.Key.Value, open.Value.Side == Side.Buy ? "long" : "short", open.Value.Held.ToString(),
            open.Value.Stop?.Trigger?.ToString() ?? "none", open.Value.Target?.Trigger?.ToString() ?? "none",
            BracketWords.Of(
                open.Key, open.Value.Side, open.Value.Planned, open.Value.Held, open.Value.Stop?.Trigger,
                open.Value.Target?.Trigger)))]);

    private void TellJson(AccountStatus status) =>
        surroundings.Out.WriteLine(JsonSerializer.Serialize(status, StatusJson.Default.AccountStatus));

    private void Tell(AccountStatus status)
    {
        surroundings.Out.WriteLine($"account   {status.Account} ({status.Source})");
        surroundings.Out.WriteLine($"folder    {status.Folder}");
        surroundings.Out.WriteLine(
            $"last fact {status.Facts} at {status.EngineTime:yyyy-MM-dd HH:mm:ss} UTC (market time)");
        surroundings.Out.WriteLine($"journal   {status.JournalHash}");
        surroundings.Out.WriteLine($"equity    {MoneyText.Of(status.Equity)} USD {MarkedAt(status)}");
        surroundings.Out.WriteLine(
            $"realised  {MoneyText.Change(status.Realised)} USD by trades that have ended");
        surroundings.Out.WriteLine(
            status.Positions.Count == 0 ? "Nothing is open." : "Open:");
        foreach (var position in status.Positions) surroundings.Out.WriteLine($"  {position.InWords}");
    }

    private static string MarkedAt(AccountStatus status) => status.EquityAt is { } at
        ? $"as marked at {at:yyyy-MM-dd HH:mm} UTC (it is marked hourly)"
        : "deposited; not marked yet (it is marked hourly)";

    private int Fail(UserError error)
    {
        surroundings.Complain(error.Lines);
        return ExitCode.Failed;
    }
}

/// <summary>One account in words.</summary>
internal sealed record AccountStatus(
    string Account, string Folder, string Source, DateTimeOffset EngineTime, long Facts, string JournalHash,
    string Equity, DateTimeOffset? EquityAt, string Realised, IReadOnlyList<PositionStatus> Positions);

/// <summary>One position in words.</summary>
internal sealed record PositionStatus(
    string Market, string Side, string Size, string Stop, string Target, string InWords);

/// <summary>The generated serializer of <see cref="AccountStatus"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AccountStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;

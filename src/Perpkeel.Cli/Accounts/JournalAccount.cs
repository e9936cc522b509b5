using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Risk;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Cli.Accounts;

/// <summary>
/// An account as its journal tells it, read without disturbing who writes to it: all facts in order, and what
/// they add up to.
/// </summary>
internal sealed record JournalAccount
{
    private const string SyntheticName = "synthetic";

    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>All facts, in order.</summary>
    public required ImmutableArray<JournaledFact> Facts { get; init; }

    /// <summary>The account after the last of them.</summary>
    public required AccountView View { get; init; }

    /// <summary>
    /// Whether the limits are those of the last run; else they are the defaults, because the folder does not
    /// say.
    /// </summary>
    public required bool HasOwnLimits { get; init; }

    /// <summary>Reads a folder's account.</summary>
    public static Result<JournalAccount, UserError> Read(string folder)
    {
        try
        {
            using var journal = SqliteRecordLog.OpenReadOnly(RunFolder.JournalOf(folder));
            var streams = journal.Streams();
            return streams.Count == 1
                ? Read(folder, streams[0], journal)
                : UserError.Of(streams.Count == 0
                    ? $"{folder}: nothing has happened there yet. Ask again once the run trades."
                    : $"{folder}: it holds several accounts: {string.Join(", ", streams)}.");
        }
        catch (JournalException error)
        {
            return UserError.Of(error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return UserError.Of($"{folder}: it cannot be read: {error.Message}");
        }
    }

    private static Result<JournalAccount, UserError> Read(
        string folder, string stream, SqliteRecordLog journal)
    {
        var file = RunFile.Read(folder, stream);
        if (!MarketsOf(folder, stream, file).TryGet(out var markets, out var wrong)) return wrong;
        var config = file?.ToConfig();
        var limits = config is null ? new RiskLimits() : SettingsOf.Limits(config);
        var engine = new AccountEngine(markets, limits);
        var facts = new FactLog(journal, AccountOf(stream)).Read(0).ToImmutableArray();
        var state = facts.Aggregate(AccountState.Empty, engine.Evolve);
        var prices = new Dictionary<MarketId, SeenMarket>();
        foreach (var fact in facts) See(prices, fact);
        return new JournalAccount
        {
            Folder = folder,
            AccountId = AccountOf(stream),
            Facts = facts,
            HasOwnLimits = config is not null,
            View = new AccountView
            {
                Account = stream,
                State = state,
                Markets = engine.Markets,
                Limits = limits,
                Strategy = config?.Strategy.Name ?? StrategyOf(facts),
                Prices = prices,
                Now = LivedUntil(journal, stream, state.At),
                IsRunning = false,
            },
        };
    }

    /// <summary>The markets that a run of the folder noted, or those that its name stands for.</summary>
    private static Result<IReadOnlyList<Market>, UserError> MarketsOf(
        string folder, string stream, RunFile? file)
    {
        if (file is not null)
        {
            return Result<IReadOnlyList<Market>, UserError>.Ok(
                [.. file.Markets.Select(market => market.ToMarket())]);
        }

        var name = AccountOf(stream).Environment.Split('-');
        if (name is [SyntheticName, .., var last]
            && ulong.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            return Result<IReadOnlyList<Market>, UserError>.Ok(
                new SyntheticMarkets(seed, DateTimeOffset.UnixEpoch).Markets);
        }

        return UserError.Of(
            $"{folder}: it does not say which markets {stream} trades: {RunFile.Name} is missing. "
            + "perpkeel run with the same folder and recording writes it.");
    }

    /// <summary>A run that ended in good order noted when, also where no fact was as late.</summary>
    private static DateTimeOffset LivedUntil(SqliteRecordLog journal, string stream, DateTimeOffset last) =>
        journal.ReadRecovery(stream).Select(note => note.At).Append(last).Max();

    private static AccountId AccountOf(string stream)
    {
        var parts = stream.Split('/', 3);
        return new AccountId(parts[0], parts.ElementAtOrDefault(1) ?? "", parts.ElementAtOrDefault(2) ?? "");
    }

    private static string StrategyOf(ImmutableArray<JournaledFact> facts) =>
        facts.Select(fact => fact.Fact).OfType<Fact.Decided>().LastOrDefault()?.Decision.Strategy
        ?? "unknown";

    /// <summary>
    /// Facts say what they rest on: the last prices that they name are the last that are known.
    /// </summary>
    private static void See(Dictionary<MarketId, SeenMarket> prices, JournaledFact journaled)
    {
        IEnumerable<MarketFacts> named = journaled.Fact switch
        {
            Fact.PlanRefused refused => [refused.Facts],
            Fact.EntryPlanned planned => [planned.Facts],
            Fact.CloseWanted { Facts: { } facts } => [facts],
            Fact.SignalReceived { Facts: { } facts } => [facts],
            Fact.ReduceWanted { Facts: { } facts } => [facts],
            Fact.EquityMarked marked => marked.Prices,
            _ => [],
        };
        foreach (var facts in named.Where(facts => facts.Quality != QualityGrade.Missing))
        {
            prices[facts.Market] = new SeenMarket(facts, Last: null, journaled.At);
        }
    }
}

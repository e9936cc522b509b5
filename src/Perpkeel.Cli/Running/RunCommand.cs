using System.Globalization;
using Perpkeel.Core.Engine;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Telemetry;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Cli.Running;

/// <summary>
/// Carries out <c>perpkeel run</c>: opens the markets and the folder, runs, tells what happened.
/// </summary>
internal sealed class RunCommand(RunOptions options, Surroundings surroundings)
{
    /// <summary>Runs; gives the exit code.</summary>
    public int Execute(CancellationToken cancellation)
    {
        var began = surroundings.Wall.GetTimestamp();
        if (!MarketChoice.Open(options).TryGet(out var markets, out var wrong)) return Fail(wrong);
        var path = options.Data ?? RunFolder.DefaultFor(markets.Environment);
        try
        {
            if (options.Data is null && markets.EndsAt is not null && HasFinished(path, markets))
            {
                RunFolder.Clear(path);
            }

            if (!RunFolder.Open(path, Durability).TryGet(out var folder, out wrong)) return Fail(wrong);
            using (folder)
            {
                if (Mismatch(folder, markets) is { } mismatch) return Fail(mismatch);
                using var run = new PaperRun(options, markets, folder, surroundings.Wall, began);
                return Execute(run, markets, cancellation);
            }
        }
        catch (JournalException error)
        {
            return Fail(UserError.Of(error.Message));
        }
    }

    /// <summary>
    /// What can be run again as fast as the machine goes need not wait for the disk at every order: such a run
    /// survives the death of the process, but not the loss of power.
    /// </summary>
    private Durability Durability =>
        options.Config.Run.Speed.Factor is null ? Durability.ProcessKill : Durability.PowerLoss;

    private int Execute(PaperRun run, MarketChoice markets, CancellationToken cancellation)
    {
        LoopEnd end;
        if (options.Dashboard)
        {
            using var screen = Surroundings.OpenDashboard();
            end = run.Run(() => screen.Draw(run.Snapshot()), cancellation);
        }
        else
        {
            if (!options.Json) Announce(run, markets);
            end = run.Run(() => { }, cancellation);
        }

        var summary = run.Summary(end);
        if (options.Json)
        {
            surroundings.Out.WriteLine(summary.ToJson());
        }
        else
        {
            Tell(summary, run.State);
        }

        return ExitCode.Ok;
    }

    private void Announce(PaperRun run, MarketChoice markets)
    {
        var speed = options.Config.Run.Speed.Factor is { } factor
            ? factor.ToString(CultureInfo.InvariantCulture) + "x"
            : "as fast as possible";
        surroundings.Out.WriteLine(
            $"paper account on {markets.Source.Description}, "
            + $"{speed}{(run.IsResumed ? ", resumed" : string.Empty)}");
        foreach (var remark in markets.Remarks) surroundings.Out.WriteLine($"  {remark}");
        run.Line += (_, told) => surroundings.Out.WriteLine(Words(told.Line));
    }

    private void Tell(RunSummary summary, AccountState state)
    {
        foreach (var (name, value) in summary.ToRows()) surroundings.Out.WriteLine($"{name,-14} {value}");
        foreach (var remark in summary.Remarks) surroundings.Out.WriteLine($"{"note",-14} {remark}");
        if (state.Brackets.IsEmpty) return;
        surroundings.Out.WriteLine("open, with stop and target at the venue; start again to continue:");
        foreach (var bracket in state.Brackets.Values)
        {
            var size = state.SizeIn(bracket.Market).Abs();
            surroundings.Out.WriteLine(
                $"  {bracket.Market} {bracket.Side.ToString().ToLowerInvariant()} {size} of {bracket.Size}, "
                + $"stop {bracket.StopTrigger}, target {bracket.TargetTrigger}");
        }
    }

    private static string Words(JournalLine line) =>
        $"{line.At.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)} {line.Text}";

    private static bool HasFinished(string path, MarketChoice markets)
    {
        var file = RunFolder.JournalOf(path);
        if (!File.Exists(file)) return false;
        using var journal = SqliteRecordLog.OpenReadOnly(file);
        var account = SettingsOf.AccountOf(markets.Environment).ToString();
        return string.Equals(
            journal.ReadRecovery(account).LastOrDefault()?.Kind, "finished", StringComparison.Ordinal);
    }

    /// <summary>
    /// A folder holds one account; another market's run in it would mix what does not belong together.
    /// </summary>
    private static UserError? Mismatch(RunFolder folder, MarketChoice markets)
    {
        var account = SettingsOf.AccountOf(markets.Environment).ToString();
        var other = folder.Journal.Streams().FirstOrDefault(
            stream => !string.Equals(stream, account, StringComparison.Ordinal));
        return other is null
            ? null
            : UserError.Of(
                $"{folder.Path}: the folder holds the account {other}, not {account}. "
                + "Choose another folder with --data, or run with that account's market.");
    }

    private int Fail(UserError error)
    {
        foreach (var line in error.Lines) surroundings.Error.WriteLine($"error: {line}");
        return ExitCode.Failed;
    }
}

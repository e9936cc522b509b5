using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Perpkeel.Cli.Control;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
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
    [SuppressMessage("Design", "CA1031", Justification =
        "The supervisor of the run: a bug is told with what is safe and what to do, not as a bare trace.")]
    public int Execute(CancellationToken cancellation)
    {
        var began = surroundings.Wall.GetTimestamp();
        if (!MarketChoice.Open(options).TryGet(out var markets, out var wrong)) return Fail(wrong);
        var path = options.Data ?? RunFolder.DefaultFor(markets.Environment);
        try
        {
            if (!OpenFolder(path, markets).TryGet(out var folder, out wrong)) return Fail(wrong);
            using (folder)
            {
                if (Mismatch(folder, markets) is { } mismatch) return Fail(mismatch);
                using var run = new PaperRun(options, markets, folder, surroundings.Wall, began);
                using var control = OpenControl(run, folder);
                return Execute(run, markets, cancellation);
            }
        }
        catch (JournalException error)
        {
            return Fail(UserError.Of(error.Message));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(UserError.Of($"Reading or writing failed: {error.Message}"));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return Fail(new UserError(
            [
                $"A fault of perpkeel's own ended the run: {error.Message}",
                $"What is in {path} is whole up to it; start again to continue. For the report:",
                error.ToString(),
            ]));
        }
    }

    /// <summary>
    /// What can be run again as fast as the machine goes need not wait for the disk at every order: such a
    /// run survives the death of the process, but not the loss of power.
    /// </summary>
    private Durability Durability =>
        options.Config.Run.Speed.Factor is null ? Durability.ProcessKill : Durability.PowerLoss;

    /// <summary>
    /// The folder; emptied when it was chosen by default and its recording was played to the end.
    /// </summary>
    private Result<RunFolder, UserError> OpenFolder(string path, MarketChoice markets)
    {
        var opened = RunFolder.Open(path, Durability);
        var mayBeginAgain = options.Data is null && markets.EndsAt is not null;
        if (!mayBeginAgain || !opened.TryGet(out var folder, out _)
            || !folder.HasFinished(SettingsOf.AccountOf(markets.Environment)))
        {
            return opened;
        }

        folder.Dispose();
        try
        {
            RunFolder.Clear(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return UserError.Of(
                $"{path}: {error.Message} Stop what else uses the folder, or choose another with --data.");
        }

        return RunFolder.Open(path, Durability);
    }

    /// <summary>
    /// The socket for other verbs. Without it the run is as good as ever, but cannot be asked anything.
    /// </summary>
    private ControlServer? OpenControl(PaperRun run, RunFolder folder)
    {
        if (ControlServer.Open(folder.Path, run.Control, surroundings).TryGet(out var server, out var wrong))
        {
            return server;
        }

        foreach (var line in wrong.Lines) surroundings.Error.WriteLine($"note: {line}");
        return null;
    }

    private int Execute(PaperRun run, MarketChoice markets, CancellationToken cancellation)
    {
        LoopEnd end;
        var isShown = false;
        using (var screen = options.Dashboard ? surroundings.OpenDashboard() : null)
        {
            isShown = screen is not null;
            if (!isShown && !options.Json) Announce(run, markets);
            end = run.Run(() => screen?.Draw(run.Snapshot()), cancellation);
        }

        var summary = run.Summary(end);
        if (options.Json)
        {
            surroundings.Out.WriteLine(summary.ToJson());
        }
        else
        {
            Tell(summary, run.State, isShown ? markets.Remarks : []);
        }

        return ExitCode.Ok;
    }

    private void Announce(PaperRun run, MarketChoice markets)
    {
        var speed = options.Config.Run.Speed.Factor is { } factor
            ? factor.ToString(CultureInfo.InvariantCulture) + "x"
            : "as fast as possible";
        surroundings.Out.WriteLine(
            $"paper account on {markets.Source.Description}, {speed}"
            + (run.IsResumed ? $", goes on at {run.ResumesAt:yyyy-MM-dd HH:mm:ss} UTC (market time)" : ""));
        foreach (var remark in markets.Remarks) surroundings.Out.WriteLine($"note: {remark}");
        var deposits = run.State.Totals.Deposits.Value;
        if (run.IsResumed && deposits != options.Config.Account.StartingBalance)
        {
            surroundings.Out.WriteLine(
                $"note: the account began with {Decimals.Text(deposits)} USD; account.startingBalance is for "
                + "a new one (choose another folder with --data)");
        }

        run.Line += (_, told) => surroundings.Out.WriteLine(Words(told.Line));
    }

    private void Tell(RunSummary summary, AccountState state, IReadOnlyList<string> remarks)
    {
        surroundings.Out.WriteLine();
        foreach (var (name, value) in summary.ToRows()) surroundings.Out.WriteLine($"{name,-14} {value}");
        foreach (var remark in remarks) surroundings.Out.WriteLine($"{"note",-14} {remark}");
        surroundings.Out.WriteLine();
        if (state.Brackets.IsEmpty)
        {
            surroundings.Out.WriteLine("Nothing is open.");
            return;
        }

        surroundings.Out.WriteLine("Open; start again to continue:");
        foreach (var bracket in state.Brackets.Values)
        {
            surroundings.Out.WriteLine("  " + BracketWords.Of(
                bracket.Market, bracket.Side, bracket.Size, state.SizeIn(bracket.Market).Abs(),
                AtVenue(state, bracket.Stop), AtVenue(state, bracket.Target)));
        }
    }

    private static Price? AtVenue(AccountState state, ClientOrderId? order) =>
        order is { } id && state.Order(id) is { IsWorking: true } known ? known.Intent.Trigger : null;

    private static string Words(JournalLine line) =>
        $"{line.At.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)} {line.Text}";

    private static UserError? Mismatch(RunFolder folder, MarketChoice markets)
    {
        var account = SettingsOf.AccountOf(markets.Environment);
        return folder.OtherThan(account) is { } other
            ? UserError.Of(
                $"{folder.Path}: the folder holds the account {other}, not {account}. "
                + "Choose another folder with --data, or run with that account's market.")
            : null;
    }

    private int Fail(UserError error)
    {
        surroundings.Complain(error.Lines);
        return ExitCode.Failed;
    }
}

using Perpkeel.Cli.Running;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;

namespace Perpkeel.EndToEnd.Tests.Running;

/// <summary>Runs that are killed as soon as their journal has grown to a length.</summary>
internal static class Kills
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Starts a run in a child process and kills it; false when it ended before.</summary>
    public static async Task<bool> RunAndKillAsync(
        string workingFolder, string data, IEnumerable<string> run, long afterRecords)
    {
        using var child = ChildProcess.Start(
            workingFolder, ["run", "--speed", "max", "--json", "--data", data, .. run]);
        while (!child.HasExited && Records(data) < afterRecords)
        {
            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        }

        var isKilled = !child.HasExited;
        child.Kill();
        await child.WaitForExitAsync();
        return isKilled;
    }

    /// <summary>How many facts a folder's journal has so far.</summary>
    public static long Records(string data)
    {
        try
        {
            using var journal = SqliteRecordLog.OpenReadOnly(RunFolder.JournalOf(data));
            return journal.Streams().Sum(journal.LastSequence);
        }
        catch (JournalException)
        {
            // It is being made just now.
            return 0;
        }
    }
}

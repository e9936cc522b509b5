using System.Globalization;
using Perpkeel.Rehearsal.Disk;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Bench;

/// <summary>
/// Commits of the journal on the disk in memory, beside those on this machine's disk: the first ones are what
/// a rehearsal of the whole system pays for running the product's own storage.
/// </summary>
internal static class DiskBench
{
    private const int Repeats = 5;
    private const int RecordsInCommit = 3;
    private const int RealShare = 10;
    private const string Stream = "paper:bench";

    private static readonly byte[] Payload = new byte[300];

    /// <summary>Prints one line a measurement: the median and the best of five.</summary>
    public static void Run(IReadOnlyList<string> arguments)
    {
        var commits = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 20_000;
        Console.WriteLine("# measurement | median/s | best/s");
        Report("in memory, waits: commits", () => InMemory(commits, Durability.PowerLoss));
        Report("in memory, does not wait: commits", () => InMemory(commits, Durability.ProcessKill));
        Report("this disk, waits: commits", () => OnDisk(commits / RealShare, Durability.PowerLoss));
        Report("this disk, does not wait: commits", () => OnDisk(commits / RealShare, Durability.ProcessKill));
        Report("in memory: opened, one commit, closed", () => Cycles(commits / RealShare));
    }

    private static void Report(string name, Func<double> run)
    {
        run();
        var rates = new double[Repeats];
        for (var i = 0; i < Repeats; i++) rates[i] = run();
        Array.Sort(rates);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name} | {rates[Repeats / 2]:N0} | {rates[^1]:N0}"));
    }

    private static double InMemory(int commits, Durability durability)
    {
        using var disk = new SimulatedDisk(seed: 1);
        var log = disk.Open("journal.db", new RecordLogOptions { Durability = durability });
        return commits / Cases.Seconds(() => Fill(log, commits));
    }

    private static double OnDisk(int commits, Durability durability)
    {
        var folder = Directory.CreateTempSubdirectory("perpkeel-bench-");
        try
        {
            using var log = SqliteRecordLog.Open(
                Path.Combine(folder.FullName, "journal.db"), new RecordLogOptions { Durability = durability });
            return commits / Cases.Seconds(() => Fill(log, commits));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Cycles(int cycles)
    {
        using var disk = new SimulatedDisk(seed: 1);
        return cycles / Cases.Seconds(() =>
        {
            for (var cycle = 0; cycle < cycles; cycle++)
            {
                using var log = disk.Open("journal.db");
                Fill(log, 1);
            }
        });
    }

    private static void Fill(SqliteRecordLog log, int commits)
    {
        var sequence = log.LastSequence(Stream);
        for (var commit = 0; commit < commits; commit++)
        {
            for (var added = 0; added < RecordsInCommit; added++)
            {
                log.Append(
                    Stream, new LogRecord(++sequence, "OrderIntended", 1, DateTimeOffset.UnixEpoch, Payload));
            }

            log.Commit();
        }
    }
}

using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Storage.Journal;

namespace Perpkeel.Cli.Running;

/// <summary>
/// The folder of a run: the journal of its accounts and, of another party, the venue's own.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>Where folders are made that nobody named.</summary>
    public const string Home = ".perpkeel";

    private const string JournalName = "journal.db";
    private const string VenueName = "venue.db";

    private RunFolder(string path, SqliteRecordLog journal, SqliteRecordLog venue)
    {
        Path = path;
        Journal = journal;
        Venue = venue;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The accounts' journal.</summary>
    public SqliteRecordLog Journal { get; }

    /// <summary>The venue's own journal.</summary>
    public SqliteRecordLog Venue { get; }

    /// <summary>The file of a folder's accounts' journal.</summary>
    public static string JournalOf(string folder) => System.IO.Path.Combine(folder, JournalName);

    /// <summary>The file of a folder's venue journal.</summary>
    public static string VenueOf(string folder) => System.IO.Path.Combine(folder, VenueName);

    /// <summary>The folder for an environment when none was named.</summary>
    public static string DefaultFor(string environment) => System.IO.Path.Combine(Home, environment);

    /// <summary>Opens the folder, and makes it where it does not exist.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="durability">What a committed record survives.</param>
    /// <exception cref="Venues.Journal.JournalException">A journal cannot be used.</exception>
    public static Result<RunFolder, UserError> Open(string path, Durability durability)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return UserError.Of(
                $"{path}: the folder cannot be made: {error.Message} Choose another with --data.");
        }

        var options = new RecordLogOptions { Durability = durability };
        var journal = SqliteRecordLog.Open(JournalOf(path), options);
        try
        {
            return new RunFolder(path, journal, SqliteRecordLog.Open(VenueOf(path), options));
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Removes the journals of a run that has ended, so that it can begin again; the files of their locks
    /// stay.
    /// </summary>
    /// <exception cref="IOException">Another process writes to them.</exception>
    public static void Clear(string path)
    {
        // The account's journal says that the run has ended: it goes last.
        foreach (var file in (string[])[VenueOf(path), JournalOf(path)])
        {
            using var held = new FileStream(
                file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            foreach (var ending in (string[])["-wal", "-shm", ""]) File.Delete(file + ending);
        }
    }

    /// <summary>Whether the last that happened to the account's run is that it came to its end.</summary>
    public bool HasFinished(AccountId account) =>
        Journal.ReadRecovery(account.ToString()).LastOrDefault()?.Kind is "finished";

    /// <summary>
    /// Engine time that earlier runs reached in good order, also without a fact at it; null without one.
    /// </summary>
    public DateTimeOffset? LivedUntil(AccountId account) =>
        Journal.ReadRecovery(account.ToString()).Max(record => (DateTimeOffset?)record.At);

    /// <summary>
    /// An account other than the given one, if the folder has it: a run of another market would mix what does
    /// not belong together.
    /// </summary>
    public string? OtherThan(AccountId account) =>
        Journal.Streams().Concat(Venue.Streams()).FirstOrDefault(stream => !IsOf(stream, account.ToString()));

    private static bool IsOf(string stream, string account) =>
        string.Equals(stream, account, StringComparison.Ordinal)
        || stream.StartsWith(account + "/", StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        Journal.Dispose();
        Venue.Dispose();
    }
}

using Perpkeel.Storage.Sqlite;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Storage.Journal;

/// <summary>
/// The right to write to a journal: an exclusive lock of the operating system on a file beside it. The system
/// takes it back when the process ends, however it ends, so no lock is ever stale; the empty file stays,
/// because deleting it would let two processes lock two files of one name. Readers do not take it.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _held;

    private WriterLock(FileStream held) => _held = held;

    /// <summary>The name of the lock's file.</summary>
    public static string FileOf(string journal) => journal + ".lock";

    /// <summary>Takes the right to write, without waiting.</summary>
    /// <exception cref="JournalException">Another has it (Locked), or the file cannot be made.</exception>
    public static WriterLock Take(string journal)
    {
        try
        {
            return new WriterLock(new FileStream(
                FileOf(journal), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Explain(error, journal);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();

    internal static JournalException Explain(Exception error, string journal)
    {
        // EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows.
        const int wouldBlockLinux = 11;
        const int wouldBlockMac = 35;
        const int sharingViolation = unchecked((int)0x80070020);
        const int lockViolation = unchecked((int)0x80070021);
        // ENOSPC, ERROR_DISK_FULL.
        const int noSpace = 28;
        const int diskFull = unchecked((int)0x80070070);

        return error.HResult switch
        {
            wouldBlockLinux or wouldBlockMac or sharingViolation or lockViolation => new JournalException(
                JournalFault.Locked, journal, "Another process writes to it.",
                SqliteFaults.LockedMend, error),
            noSpace or diskFull => new JournalException(
                JournalFault.DiskFull, journal, "There is no room to write.",
                SqliteFaults.DiskFullMend, error),
            _ => new JournalException(
                JournalFault.NoAccess, journal, $"It may not be written ({error.Message})",
                SqliteFaults.NoAccessMend, error),
        };
    }
}

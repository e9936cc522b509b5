using Microsoft.Data.Sqlite;
using Perpkeel.Venues.Journal;
using SQLitePCL;

namespace Perpkeel.Storage.Sqlite;

/// <summary>Says in the journal's words what SQLite complained about, and what the user can do.</summary>
internal static class SqliteFaults
{
    public const string LockedMend =
        "Another perpkeel runs with this folder: stop it, or choose another with --data.";

    public const string CorruptMend =
        "Keep the file, run 'perpkeel journal verify' on it, and go on from a backup.";

    public const string DiskFullMend = "Make room on the disk and start again; what was committed is safe.";

    public const string NoAccessMend =
        "Give this user the right to read and write the folder, or choose another with --data.";

    public const string UnknownVersionMend = "Update perpkeel, or choose another folder with --data.";

    private const string UnknownMend = "The message is SQLite's own; start again, or choose another folder.";

    /// <summary>The journal's fault for an error of SQLite.</summary>
    public static JournalException From(SqliteException error, string file)
    {
        var (fault, what, mend) = Explain(error.SqliteErrorCode, error.SqliteExtendedErrorCode);
        return new JournalException(
            fault, file,
            $"{what} ({error.Message.TrimEnd('.')}, extended code {error.SqliteExtendedErrorCode}).",
            mend, error);
    }

    /// <summary>A fault of content: the file can be read, but does not say what was written.</summary>
    public static JournalException Corrupt(string file, string what) =>
        new(JournalFault.Corrupt, file, what, CorruptMend);

    internal static (JournalFault Fault, string What, string Mend) Explain(int code, int extendedCode) =>
        code switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL =>
                (JournalFault.Locked, "It is locked by another process", LockedMend),
            // Two writers met: the second one's sequence was taken. Only where file locks do not work.
            raw.SQLITE_CONSTRAINT =>
                (JournalFault.Locked, "Another process wrote to it", LockedMend),
            raw.SQLITE_NOTADB => (JournalFault.Corrupt, "It is not a journal", CorruptMend),
            raw.SQLITE_CORRUPT => (JournalFault.Corrupt, "It is damaged", CorruptMend),
            raw.SQLITE_FULL => (JournalFault.DiskFull, "There is no room to write", DiskFullMend),
            raw.SQLITE_IOERR => ExplainInputOutput(extendedCode),
            raw.SQLITE_READONLY => (JournalFault.NoAccess, "It may not be written", NoAccessMend),
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
                (JournalFault.NoAccess, "It cannot be opened", NoAccessMend),
            _ => (JournalFault.Unknown, "It cannot be used", UnknownMend),
        };

    private static (JournalFault Fault, string What, string Mend) ExplainInputOutput(int extendedCode)
    {
        // SQLITE_IOERR_CORRUPTFS and SQLITE_IOERR_DATA are newer than the binding's constants.
        const int corruptFileSystem = 10 | (33 << 8);
        const int badChecksum = 10 | (32 << 8);
        return extendedCode is raw.SQLITE_IOERR_READ or raw.SQLITE_IOERR_SHORT_READ
            or corruptFileSystem or badChecksum
            ? (JournalFault.Corrupt, "The disk cannot read it", CorruptMend)
            : (JournalFault.DiskFull, "The disk refused to write", DiskFullMend);
    }
}

using Dapper;
using Microsoft.Data.Sqlite;
using Perpkeel.Storage.Migrations;
using Perpkeel.Storage.Sqlite;
using Perpkeel.Venues.Journal;
using SQLitePCL;

namespace Perpkeel.Storage.Journal;

/// <summary>
/// Opens a journal's file and makes sure that it is one, that it is whole, and that we may use it.
/// </summary>
internal static class JournalFile
{
    /// <summary>Marks a SQLite file as a journal of ours: "Perp" in ASCII.</summary>
    private const int ApplicationId = 0x50657270;

    private const int PageBytes = 4096;

    /// <summary>The path by which a file is locked and named: absolute, without links.</summary>
    public static string Resolve(string file)
    {
        var path = Path.GetFullPath(file);
        return File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target
            ? target.FullName
            : path;
    }

    /// <summary>Makes the file's folder where it is missing.</summary>
    /// <exception cref="JournalException">That is not allowed.</exception>
    public static void MakeFolder(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw WriterLock.Explain(error, file);
        }
    }

    /// <summary>Opens for writing, makes the tables where they are missing, and checks the file.</summary>
    /// <exception cref="JournalException">It cannot be used.</exception>
    public static SqliteConnection OpenForWriting(string file, RecordLogOptions options) =>
        Open(file, options.Vfs, SqliteOpenMode.ReadWriteCreate, connection =>
        {
            if (raw.sqlite3_db_readonly(connection.Handle, "main") != 0)
            {
                throw new JournalException(
                    JournalFault.NoAccess, file, "It may not be written.", SqliteFaults.NoAccessMend);
            }

            var isOurs = CheckOwner(connection, file);
            Prepare(connection, options);
            // Before the tables, so that a process killed in between leaves an empty journal,
            // not a stranger's file.
            if (!isOurs) connection.Execute($"PRAGMA application_id = {ApplicationId}");
            var reached = MigrationRunner.Apply(connection, Migration.OfThisProgram());
            if (!reached.TryGet(out _, out var tooNew)) throw TooNew(file, tooNew);
            var damages = new JournalReader(connection).Damages(limit: 1);
            if (damages.Count > 0) throw SqliteFaults.Corrupt(file, $"It is damaged ({damages[0]}).");
        });

    /// <summary>Opens for reading; another process may write to it meanwhile.</summary>
    /// <exception cref="JournalException">It cannot be used, or is not there.</exception>
    public static SqliteConnection OpenForReading(string file, string? vfs = null)
    {
        if (vfs is null && !File.Exists(file))
        {
            throw new JournalException(
                JournalFault.NoAccess, file, "There is no journal.",
                "Start a run first, or choose another folder with --data.");
        }

        return Open(file, vfs, SqliteOpenMode.ReadOnly, connection =>
        {
            CheckOwner(connection, file);
            var known = Migration.OfThisProgram().Count;
            var version = MigrationRunner.Version(connection);
            if (version > known) throw TooNew(file, new SchemaTooNew(version, known));
            if (version < known)
            {
                throw new JournalException(
                    JournalFault.UnknownVersion, file,
                    $"Its schema has version {version}, this program's is {known}.",
                    "Start a run on it once: that brings it up to date.");
            }
        });
    }

    private static SqliteConnection Open(
        string file, string? vfs, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        SqliteConnection? connection = null;
        try
        {
            SystemSqlite.EnsureReady();
            connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = vfs is null
                    ? file
                    : $"file:{Uri.EscapeDataString(file)}?vfs={Uri.EscapeDataString(vfs)}",
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 1,
            }.ToString());
            connection.Open();
            prepare(connection);
            var opened = connection;
            connection = null;
            return opened;
        }
        catch (SqliteException error)
        {
            throw SqliteFaults.From(error, file);
        }
        catch (DllNotFoundException error)
        {
            throw new JournalException(
                JournalFault.Unknown, file, "It cannot be opened.", error.Message, error);
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <summary>Whether the file is marked as ours already; a new file is not yet.</summary>
    private static bool CheckOwner(SqliteConnection connection, string file)
    {
        var owner = connection.ExecuteScalar<long>("PRAGMA application_id");
        var tables = connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema");
        if (tables > 0 && owner != ApplicationId)
        {
            throw new JournalException(
                JournalFault.Unknown, file, "It is a database of another program.",
                "Choose another folder with --data.");
        }

        return owner == ApplicationId;
    }

    private static void Prepare(SqliteConnection connection, RecordLogOptions options)
    {
        // With fullfsync macOS empties the disk's own cache too; the other systems do so without being asked.
        var synchronous = options.Durability == Durability.PowerLoss ? "FULL" : "NORMAL";
        var full = options.Durability == Durability.PowerLoss ? 1 : 0;
        connection.Execute(
            $"""
            PRAGMA page_size = {PageBytes};
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = {synchronous};
            PRAGMA fullfsync = {full};
            PRAGMA checkpoint_fullfsync = {full};
            PRAGMA busy_timeout = 200;
            """);
        if (options.MaxBytes is { } bytes) connection.Execute($"PRAGMA max_page_count = {bytes / PageBytes}");
    }

    private static JournalException TooNew(string file, SchemaTooNew schema) => new(
        JournalFault.UnknownVersion, file,
        $"Its schema has version {schema.Found}, this program knows up to {schema.Known}.",
        SqliteFaults.UnknownVersionMend);
}

using Dapper;
using Microsoft.Data.Sqlite;
using Perpkeel.Core.Numbers;
using SQLitePCL;

namespace Perpkeel.Storage.Migrations;

/// <summary>The database was written by a newer program.</summary>
/// <param name="Found">The schema's version.</param>
/// <param name="Known">The last version that this program knows.</param>
internal sealed record SchemaTooNew(int Found, int Known);

/// <summary>Brings a database's schema up to the program's, one numbered migration after the other.</summary>
internal static class MigrationRunner
{
    /// <summary>The version of the database's schema; 0 for an empty database.</summary>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    public static int Version(SqliteConnection connection)
    {
        var tables = connection.ExecuteScalar<long>(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'");
        return tables == 0
            ? 0
            : connection.ExecuteScalar<int>("SELECT coalesce(max(number), 0) FROM schema_version");
    }

    /// <summary>Applies what is missing, all of it or nothing, and gives the version reached.</summary>
    /// <exception cref="SqliteException">A migration failed; the database is as before.</exception>
    public static Result<int, SchemaTooNew> Apply(
        SqliteConnection connection, IReadOnlyList<Migration> migrations)
    {
        CheckNumbers(migrations);
        var version = Version(connection);
        if (version > migrations.Count) return new SchemaTooNew(version, migrations.Count);
        if (version == migrations.Count) return version;

        connection.Execute("BEGIN IMMEDIATE");
        var isDone = false;
        try
        {
            ApplyAfter(version, connection, migrations);
            connection.Execute("COMMIT");
            isDone = true;
        }
        finally
        {
            // A full or failing disk makes SQLite roll back by itself; to ask again would be an error of its
            // own, in the place of the one that says what happened.
            if (!isDone && raw.sqlite3_get_autocommit(connection.Handle) == 0) connection.Execute("ROLLBACK");
        }

        return migrations.Count;
    }

    private static void ApplyAfter(
        int version, SqliteConnection connection, IReadOnlyList<Migration> migrations)
    {
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT
            """);
        foreach (var migration in migrations.Skip(version))
        {
            connection.Execute(migration.Sql);
            connection.Execute(
                "INSERT INTO schema_version (number, name) VALUES (@Number, @Name)", migration);
        }
    }

    private static void CheckNumbers(IReadOnlyList<Migration> migrations)
    {
        for (var index = 0; index < migrations.Count; index++)
        {
            if (migrations[index].Number != index + 1)
            {
                throw new ArgumentException(
                    $"Migration '{migrations[index].Name}' has number {migrations[index].Number}; "
                    + $"{index + 1} was expected: they are numbered from 1 without holes.",
                    nameof(migrations));
            }
        }
    }
}

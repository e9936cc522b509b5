using Dapper;
using Microsoft.Data.Sqlite;
using Perpkeel.Storage.Migrations;
using Perpkeel.Storage.Sqlite;
using Xunit;

namespace Perpkeel.Storage.Tests.Migrations;

[Trait("Req", "STA-2")]
public sealed class MigrationRunnerTests : IDisposable
{
    private static readonly Migration First = new(1, "first", "CREATE TABLE a (x INTEGER) STRICT;");
    private static readonly Migration Second = new(
        2, "second", "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b VALUES (7);");

    private readonly SqliteConnection _connection;

    public MigrationRunnerTests()
    {
        SystemSqlite.EnsureReady();
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void An_empty_database_has_version_0() => Assert.Equal(0, MigrationRunner.Version(_connection));

    [Fact]
    public void All_migrations_are_applied_in_order_and_written_down()
    {
        Assert.True(MigrationRunner.Apply(_connection, [First, Second]).TryGet(out var reached, out _));

        Assert.Equal(2, reached);
        Assert.Equal(2, MigrationRunner.Version(_connection));
        Assert.Equal(
            ["1 first", "2 second"],
            _connection.Query<string>("SELECT number || ' ' || name FROM schema_version ORDER BY number"),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Only_what_is_missing_is_applied_and_applying_again_changes_nothing()
    {
        MigrationRunner.Apply(_connection, [First]);
        MigrationRunner.Apply(_connection, [First, Second]);
        MigrationRunner.Apply(_connection, [First, Second]);

        Assert.Equal(7, _connection.ExecuteScalar<long>("SELECT sum(x) FROM b"));
    }

    [Fact]
    public void A_newer_database_is_refused_and_left_alone()
    {
        MigrationRunner.Apply(_connection, [First, Second]);

        Assert.False(MigrationRunner.Apply(_connection, [First]).TryGet(out _, out var tooNew));

        Assert.Equal(new SchemaTooNew(2, 1), tooNew);
    }

    [Fact]
    public void A_migration_that_fails_leaves_the_database_as_it_was()
    {
        var broken = new Migration(
            2, "broken", "CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1);");

        Assert.Throws<SqliteException>(() => MigrationRunner.Apply(_connection, [First, broken]));

        Assert.Equal(0, MigrationRunner.Version(_connection));
        Assert.Equal(0, _connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public void Numbers_with_holes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => MigrationRunner.Apply(_connection, [Second]));
        Assert.Throws<ArgumentException>(() => MigrationRunner.Apply(_connection, [First, First]));
    }

    [Fact]
    public void The_programs_own_migrations_apply_to_an_empty_database()
    {
        var own = Migration.OfThisProgram();

        Assert.True(MigrationRunner.Apply(_connection, own).TryGet(out var reached, out _));

        Assert.Equal(own.Count, reached);
        Assert.Equal("journal", own[0].Name);
    }
}

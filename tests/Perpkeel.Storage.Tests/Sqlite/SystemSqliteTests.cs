using Perpkeel.Storage.Sqlite;
using Perpkeel.Venues.Journal;
using SQLitePCL;
using Xunit;

namespace Perpkeel.Storage.Tests.Sqlite;

[Trait("Req", "STA-2")]
public sealed class SystemSqliteTests
{
    [Fact]
    public void The_systems_library_is_ready_once_and_new_enough()
    {
        var version = SystemSqlite.EnsureReady();

        Assert.True(version >= SystemSqlite.Minimum);
        Assert.Same(version, SystemSqlite.EnsureReady());
    }

    [Fact]
    public void A_missing_library_names_the_package_to_install()
    {
        var error = Assert.Throws<DllNotFoundException>(() => SystemSqlite.Load(["no-such-sqlite.so.9"]));

        Assert.Contains("libsqlite3-0", error.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-sqlite.so.9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_library_that_is_there_is_taken()
    {
        SystemSqlite.EnsureReady();
        var names = SystemSqlite.NamesOn(OperatingSystem.IsWindows(), OperatingSystem.IsMacOS());

        Assert.NotEqual(0, SystemSqlite.Load(["no-such-sqlite.so.9", .. names]));
    }

    [Theory]
    [InlineData("3.36.0", false)]
    [InlineData("3.37.0", true)]
    [InlineData("3.40.1", true)]
    [InlineData("4.0", true)]
    public void A_library_before_3_37_is_refused(string version, bool isEnough)
    {
        var error = Record.Exception(() => SystemSqlite.CheckVersion(version));

        Assert.Equal(isEnough, error is null);
        if (!isEnough) Assert.Contains("3.37 or newer is needed", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_system_has_its_own_name_for_the_library()
    {
        Assert.Equal("winsqlite3.dll", SystemSqlite.NamesOn(isWindows: true, isMacOS: false)[0]);
        Assert.Equal("libsqlite3.dylib", SystemSqlite.NamesOn(isWindows: false, isMacOS: true)[0]);
        Assert.Equal("libsqlite3.so.0", SystemSqlite.NamesOn(isWindows: false, isMacOS: false)[0]);
    }

    [Theory]
    [InlineData(raw.SQLITE_BUSY, 0, JournalFault.Locked)]
    [InlineData(raw.SQLITE_LOCKED, 0, JournalFault.Locked)]
    [InlineData(raw.SQLITE_PROTOCOL, 0, JournalFault.Locked)]
    [InlineData(raw.SQLITE_CONSTRAINT, raw.SQLITE_CONSTRAINT_UNIQUE, JournalFault.Locked)]
    [InlineData(raw.SQLITE_NOTADB, 0, JournalFault.Corrupt)]
    [InlineData(raw.SQLITE_CORRUPT, 0, JournalFault.Corrupt)]
    [InlineData(raw.SQLITE_FULL, 0, JournalFault.DiskFull)]
    [InlineData(raw.SQLITE_IOERR, raw.SQLITE_IOERR_WRITE, JournalFault.DiskFull)]
    [InlineData(raw.SQLITE_IOERR, raw.SQLITE_IOERR_FSYNC, JournalFault.DiskFull)]
    [InlineData(raw.SQLITE_IOERR, raw.SQLITE_IOERR_READ, JournalFault.Corrupt)]
    [InlineData(raw.SQLITE_IOERR, raw.SQLITE_IOERR_SHORT_READ, JournalFault.Corrupt)]
    [InlineData(raw.SQLITE_IOERR, 8458, JournalFault.Corrupt)]
    [InlineData(raw.SQLITE_IOERR, 8202, JournalFault.Corrupt)]
    [InlineData(raw.SQLITE_READONLY, 0, JournalFault.NoAccess)]
    [InlineData(raw.SQLITE_CANTOPEN, 0, JournalFault.NoAccess)]
    [InlineData(raw.SQLITE_PERM, 0, JournalFault.NoAccess)]
    [InlineData(raw.SQLITE_AUTH, 0, JournalFault.NoAccess)]
    [InlineData(raw.SQLITE_ERROR, 0, JournalFault.Unknown)]
    public void Every_code_of_sqlite_has_a_fault_and_a_mend(int code, int extendedCode, JournalFault expected)
    {
        var (fault, what, mend) = SqliteFaults.Explain(code, extendedCode);

        Assert.Equal(expected, fault);
        Assert.NotEmpty(what);
        Assert.EndsWith(".", mend, StringComparison.Ordinal);
    }
}

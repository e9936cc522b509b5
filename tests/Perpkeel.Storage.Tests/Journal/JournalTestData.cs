using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Perpkeel.Storage.Journal;
using Perpkeel.Storage.Sqlite;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Storage.Tests.Journal;

/// <summary>Records to write, and hands that reach into a journal's file behind its back.</summary>
internal static class JournalTestData
{
    public const string Account = "paper:0xabc";

    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static LogRecord Fact(long sequence, int payloadBytes = 0)
    {
        var text = $"{{\"n\":\"{sequence.ToString(CultureInfo.InvariantCulture)}\"}}".PadRight(payloadBytes);
        return new LogRecord(
            sequence, "OrderIntended", 1, Start.AddSeconds(sequence), Encoding.UTF8.GetBytes(text));
    }

    public static void AppendAndCommit(SqliteRecordLog log, string stream, int records, int payloadBytes = 0)
    {
        for (var added = 0; added < records; added++)
        {
            log.Append(stream, Fact(log.LastSequence(stream) + 1, payloadBytes));
        }

        log.Commit();
    }

    /// <summary>
    /// A journal of one stream with this many records, each committed for itself, and closed.
    /// </summary>
    public static void Make(string file, int records)
    {
        using var log = SqliteRecordLog.Open(file);
        for (var added = 0; added < records; added++) AppendAndCommit(log, Account, 1);
    }

    public static void Execute(string file, string sql)
    {
        SystemSqlite.EnsureReady();
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }

    public static JournalException Fails(JournalFault fault, Action action)
    {
        var error = Xunit.Assert.Throws<JournalException>(action);
        Xunit.Assert.Equal(fault, error.Fault);
        Xunit.Assert.NotEmpty(error.Mend);
        return error;
    }
}

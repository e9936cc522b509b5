using System.Text;
using System.Text.Json;
using Perpkeel.Core.Engine;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Testing;
using Perpkeel.Venues.Journal;
using Xunit;

namespace Perpkeel.Runtime.Tests.Sessions;

[Trait("Req", "STA-3")]
public sealed class FactCodecTests
{
    private const string UpdateVariable = "PERPKEEL_UPDATE_GOLDENS";

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Kinds => [.. FactCodec.AllKinds];

    [Fact]
    public void Every_kind_has_one_sample() => Assert.Equal(
        FactCodec.AllKinds.Order(StringComparer.Ordinal),
        FactSamples.All.Select(fact => Record(fact).Kind).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_is_written_as_its_golden_file_has_it(string kind)
    {
        var written = Encoding.UTF8.GetString(RecordOf(kind).Payload.Span) + "\n";
        var file = Golden(kind);
        if (Environment.GetEnvironmentVariable(UpdateVariable) is "1") File.WriteAllText(file, written);

        Assert.True(File.Exists(file), $"{kind} has no golden file; {UpdateVariable}=1 writes it.");
        Assert.Equal(File.ReadAllText(file), written);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_golden_file_reads_back_and_writes_the_same(string kind)
    {
        var payload = Encoding.UTF8.GetBytes(File.ReadAllText(Golden(kind)).TrimEnd());

        var fact = FactCodec.Decode(new LogRecord(12, kind, FactCodec.Version, Samples.Start, payload));

        Assert.Equal((12, Samples.Start), (fact!.Sequence, fact.At));
        Assert.Equal(payload, FactCodec.Encode(fact).Payload.ToArray());
    }

    [Fact]
    public void There_is_no_golden_file_of_a_kind_that_does_not_exist() => Assert.Equal(
        FactCodec.AllKinds.Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Payloads_are_canonical_numbers_with_a_point_as_strings_and_no_nulls(string kind)
    {
        using var document = JsonDocument.Parse(RecordOf(kind).Payload);

        Check(document.RootElement);
        Assert.Equal(
            Encoding.UTF8.GetString(RecordOf(kind).Payload.Span),
            JsonSerializer.Serialize(document.RootElement, Plain));
    }

    [Fact]
    public void A_fact_of_another_kind_or_version_is_not_read()
    {
        var known = RecordOf("decided");

        Assert.Null(FactCodec.Decode(known with { Kind = "dreamt" }));
        Assert.Null(FactCodec.Decode(known with { Kind = "venue.dreamt" }));
        Assert.Null(FactCodec.Decode(known with { Version = FactCodec.Version + 1 }));
    }

    [Theory]
    [InlineData("dreamt", 1)]
    [InlineData("venue.dreamt", 1)]
    [InlineData("decided", 2)]
    public void An_unknown_kind_or_version_stops_the_start(string kind, int version)
    {
        var log = new MemoryRecordLog();
        log.Append(Desk.Account.ToString(), new LogRecord(1, kind, version, Samples.Start, "{}"u8.ToArray()));
        log.Commit();

        var error = Assert.Throws<JournalException>(() => new Desk(log));

        Assert.Equal(JournalFault.UnknownVersion, error.Fault);
        Assert.Contains(kind, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_payload_that_is_not_of_its_kind_stops_the_start()
    {
        var log = new MemoryRecordLog();
        log.Append(
            Desk.Account.ToString(),
            new LogRecord(1, "decided", 1, Samples.Start, """{"decision":5}"""u8.ToArray()));
        log.Commit();

        Assert.Equal(JournalFault.Corrupt, Assert.Throws<JournalException>(() => new Desk(log)).Fault);
    }

    private static void Check(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject()) Check(property.Value);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Check(item);
                break;
            case JsonValueKind.Number:
                Assert.True(element.TryGetInt64(out _), $"{element} is a number that may round");
                break;
            default:
                Assert.NotEqual(JsonValueKind.Null, element.ValueKind);
                break;
        }
    }

    private static LogRecord RecordOf(string kind) =>
        FactSamples.All.Select(Record)
            .Single(record => string.Equals(record.Kind, kind, StringComparison.Ordinal));

    private static LogRecord Record(Fact fact) =>
        FactCodec.Encode(new JournaledFact(1, Samples.Start, fact));

    private static string Golden(string kind) => Path.Combine(Folder, kind + ".json");

    private static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Perpkeel.slnx"))) folder = folder.Parent!;
            return Path.Combine(folder.FullName, "tests", "Perpkeel.Runtime.Tests", "Goldens", "facts");
        }
    }
}

using System.Text;
using Perpkeel.Storage.Tiers;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.Storage.Tests.Tiers.TierFileData;

namespace Perpkeel.Storage.Tests.Tiers;

[Trait("Req", "MAR-4")]
public sealed class TierFileTests
{
    private const string Yaml = Head + "  A: [ { floor: 0, cap: 1, rate: 0.1, leverage: 1 } ]\n";

    private const string Json =
        """
        [{"symbol":"A","brackets":[
          {"initialLeverage":1,"notionalCap":1,"notionalFloor":0,"maintMarginRatio":0.1}]}]
        """;

    [Theory]
    [InlineData("a.yaml", Yaml)]
    [InlineData("a.YML", Yaml)]
    [InlineData("a.json", Json)]
    [InlineData("answer", Yaml)]
    [InlineData("answer.txt", " \r\n" + Json)]
    [InlineData("answer.txt", "\uFEFF" + Json)]
    [InlineData("a.yaml", "\uFEFF" + Yaml)]
    public void The_format_is_told_by_the_extension_or_else_by_the_beginning(string name, string text) =>
        Assert.Equal(["0|1|0.1|0|1"], Rows(Good(Read(name, text), "A")));

    [Fact]
    public void A_file_is_read_from_the_disk()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("a.yaml"), Yaml);

        Assert.Equal(["A"], Good(TierFile.Read(folder.File("a.yaml"))).Symbols);
    }

    [Theory]
    [InlineData("missing.yaml", "The file cannot be read: ")]
    [InlineData("", "This is a folder.")]
    [InlineData("a\0b", "The file cannot be read: ")]
    public void A_file_that_cannot_be_read_is_named(string name, string what)
    {
        using var folder = new TempFolder();

        var finding = Assert.Single(Bad(TierFile.Read(folder.File(name))));

        Assert.Equal("file-unreadable", finding.Code);
        Assert.StartsWith(what, finding.What, StringComparison.Ordinal);
        Assert.StartsWith(folder.Path, finding.Place.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.Equal(
            "file-not-text", Assert.Single(Bad(Read("a.yaml", [0x61, 0x3A, 0x20, 0xFF, 0xFE]))).Code);

    [Theory]
    [InlineData("a.yaml", "[")]
    [InlineData("a.yaml", "{a: ")]
    [InlineData("a.yaml", "- ")]
    [InlineData("a.yaml", "? ")]
    [InlineData("a.yaml", "a: &b *b\n")]
    [InlineData("a.yaml", "!!a ")]
    [InlineData("a.yaml", "\"")]
    [InlineData("a.yaml", "x")]
    [InlineData("a.yaml", "k: [ 1, 2 ]\n")]
    [InlineData("a.json", "[")]
    [InlineData("a.json", "{\"symbol\":")]
    [InlineData("a.json", "[1,[[],2],")]
    [InlineData("a.txt", "9")]
    public void A_hostile_file_is_refused_in_no_time_and_with_few_words(string name, string unit)
    {
        var text = new byte[4_000_000];
        var bytes = Encoding.UTF8.GetBytes(unit);
        for (var i = 0; i < text.Length; i++) text[i] = bytes[i % bytes.Length];

        var began = TimeProvider.System.GetTimestamp();
        var findings = Bad(Read(name, text));

        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20));
        Assert.InRange(findings.Count, 1, 1_001);
        Assert.True(findings.All(finding => finding.ToString().Length < 1_000));
    }

    [Fact]
    public void A_file_without_an_end_is_refused()
    {
        using var zeros = new Endless();

        Assert.False(TierFile.Read(zeros, "a.yaml").TryGet(out _, out var refusal));

        Assert.Equal("file-too-large", Assert.Single(refusal.Findings).Code);
        Assert.InRange(zeros.Given, TierFile.MostBytes, TierFile.MostBytes + 1_000_000);
    }

    [Fact]
    public void Aliases_are_not_followed_however_much_they_would_expand_to()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 40; i++)
        {
            var aliases = string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10));
            bomb.Append('a').Append(i).Append(": &a").Append(i).Append(" [").Append(aliases).Append("]\n");
        }

        var findings = Bad(Read("a.yaml", bomb + Yaml.Replace("[ {", "[ *a39, {", StringComparison.Ordinal)));

        Assert.Contains(findings, finding => finding.What.Contains("alias", StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_a_thousand_findings_end_the_reading()
    {
        var text = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"k{i}: 1\n"));

        var findings = Bad(Read("a.yaml", text));

        Assert.Equal(1_001, findings.Count);
        Assert.Equal("file-too-many-findings", findings[^1].Code);
    }

    [Fact]
    public void More_than_a_hundred_tiers_are_refused()
    {
        var rows = Enumerable.Range(0, 101).Select(i =>
            $"    - {{ floor: {i}, cap: {i + 1}, rate: 0.{i + 100}, leverage: {200 - i} }}\n");

        var findings = Bad(Read("a.yaml", Head + "  A:\n" + string.Concat(rows)));

        Assert.Equal("file-too-many-tiers", Assert.Single(findings).Code);
    }

    /// <summary>
    /// Texts that were broken by chance: whatever comes of it is a book or findings, never an exception.
    /// </summary>
    [Theory]
    [InlineData("a.yaml", Yaml + "  B:\n    quote: X\n    tiers:\n      - floor: 0\n        cap: 1\n")]
    [InlineData("a.json", Json)]
    public void A_broken_text_never_breaks_the_reader(string name, string text)
    {
        const string letters = "{}[]:,-?&*!|>'\"%@`#\\ \n\t0e.~x\u0000\u001b\u00e9";
        var chance = new Steps(7);
        for (var round = 0; round < 3_000; round++)
        {
            var broken = new StringBuilder(text);
            for (var change = chance.Below(4); change >= 0; change--)
            {
                var at = chance.Below(broken.Length);
                switch (chance.Below(3))
                {
                    case 0:
                        broken.Insert(at, letters[chance.Below(letters.Length)]);
                        break;
                    case 1:
                        broken.Remove(at, Math.Min(1 + chance.Below(5), broken.Length - at));
                        break;
                    default:
                        broken[at] = letters[chance.Below(letters.Length)];
                        break;
                }
            }

            if (!Read(name, broken.ToString()).TryGet(out _, out var refusal))
            {
                Assert.NotEmpty(refusal.Findings);
            }
        }
    }

    /// <summary>Numbers from a seed (the linear congruence of Numerical Recipes).</summary>
    private sealed class Steps(uint seed)
    {
        private uint _state = seed;

        public int Below(int bound)
        {
            _state = unchecked((_state * 1_664_525u) + 1_013_904_223u);
            return (int)((_state >> 8) % (uint)bound);
        }
    }

    private sealed class Endless : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

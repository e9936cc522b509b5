using System.Text;
using Perpkeel.Storage.Journal;
using Xunit;

namespace Perpkeel.Storage.Tests.Journal;

[Trait("Req", "STA-3")]
public sealed class ChainHashTests
{
    private static readonly ChainRecord Record = new(
        1, "OrderIntended", 2, 638_000_000_000_000_000, Encoding.UTF8.GetBytes("{\"a\":\"ü\"}"), []);

    [Fact]
    public void The_chain_starts_from_32_zero_bytes() => Assert.Equal(new byte[32], ChainHash.Start);

    // Computed apart, with Python's hashlib and struct.
    [Theory]
    [InlineData(false, "e5151a715560ccbc5179c11a851e1d996a4234b0d644282ca440fe4dddbe295e")]
    [InlineData(true, "d2ef7476e2316b247bec50dc7856e8dc7a8bf3f48053f7f70adf0d0632e44ebf")]
    public void The_hash_of_a_record_is_pinned(bool isRecovery, string expected)
    {
        var chain = isRecovery ? Chain.Recovery : Chain.Records;

        Assert.Equal(
            expected, Convert.ToHexStringLower(ChainHash.Next(chain, ChainHash.Start, "paper:ü", Record)));
    }

    [Fact]
    public void Every_field_moves_the_hash()
    {
        IReadOnlyList<ChainRecord> records =
        [
            Record,
            Record with { Sequence = 2 },
            Record with { Kind = "OrderIntende" },
            Record with { VersionOrAfter = 3 },
            Record with { AtTicks = Record.AtTicks + 1 },
            Record with { Payload = Record.Payload[..^1] },
        ];

        var hashes = records.Select(record => Hash(ChainHash.Start, "s", record))
            .Append(Hash(ChainHash.Start, "t", Record))
            .Append(Hash([.. Enumerable.Repeat((byte)1, 32)], "s", Record));

        Assert.Equal(8, hashes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_letter_does_not_move_from_one_text_to_the_next_unnoticed() => Assert.NotEqual(
        Hash(ChainHash.Start, "sK", Record with { Kind = "ind" }),
        Hash(ChainHash.Start, "s", Record with { Kind = "Kind" }),
        StringComparer.Ordinal);

    private static string Hash(byte[] previous, string stream, ChainRecord record) =>
        Convert.ToHexString(ChainHash.Next(Chain.Records, previous, stream, record));
}

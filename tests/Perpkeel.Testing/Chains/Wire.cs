using System.Text;

namespace Perpkeel.Testing.Chains;

/// <summary>
/// Protobuf by hand, so that the local chain reads and writes what is on the wire and not what the generated
/// classes believe.
/// </summary>
internal sealed class Wire
{
    private readonly List<(int Number, ulong Value, byte[] Bytes)> _fields = [];

    private Wire()
    {
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Wire Read(ReadOnlySpan<byte> bytes)
    {
        var wire = new Wire();
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            var (number, kind) = ((int)(tag >> 3), (int)(tag & 7));
            var (value, content) = kind switch
            {
                0 => (Varint(ref bytes), Array.Empty<byte>()),
                1 => (BitConverter.ToUInt64(Take(ref bytes, 8)), []),
                2 => (0UL, Take(ref bytes, checked((int)Varint(ref bytes)))),
                5 => (BitConverter.ToUInt32(Take(ref bytes, 4)), []),
                _ => throw new FormatException($"wire type {kind}"),
            };
            wire._fields.Add((number, value, content));
        }

        return wire;
    }

    public ulong Number(int field) => _fields.FindLast(one => one.Number == field).Value;

    public bool Has(int field) => _fields.Exists(one => one.Number == field);

    public byte[] Bytes(int field) => _fields.FindLast(one => one.Number == field).Bytes ?? [];

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public Wire Message(int field) => Read(Bytes(field));

    public List<byte[]> All(int field) =>
        [.. _fields.Where(one => one.Number == field).Select(one => one.Bytes)];

    /// <summary>Numbers, packed or not.</summary>
    public List<ulong> Numbers(int field)
    {
        var numbers = new List<ulong>();
        foreach (var (_, value, bytes) in _fields.Where(one => one.Number == field))
        {
            ReadOnlySpan<byte> packed = bytes;
            if (packed.IsEmpty) numbers.Add(value);
            while (!packed.IsEmpty) numbers.Add(Varint(ref packed));
        }

        return numbers;
    }

    public static byte[] Of(int field, ulong value) => [.. Tag(field, 0), .. Varint(value)];

    public static byte[] Of(int field, byte[] bytes) =>
        [.. Tag(field, 2), .. Varint((ulong)bytes.Length), .. bytes];

    public static byte[] Of(int field, string text) => Of(field, Encoding.UTF8.GetBytes(text));

    /// <summary>A number of the kind sint32.</summary>
    public static byte[] Signed(int field, int value) => Of(field, (uint)((value << 1) ^ (value >> 31)));

    public static byte[] Fixed(int field, uint value) => [.. Tag(field, 5), .. BitConverter.GetBytes(value)];

    private static byte[] Tag(int field, int kind) => Varint((ulong)((field << 3) | kind));

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)((value & 0x7F) | 0x80));
        return [.. bytes, (byte)value];
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var one = Take(ref bytes, 1)[0];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80) return value;
        }

        throw new FormatException("a number without end");
    }

    private static byte[] Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < count) throw new FormatException("it breaks off");
        var taken = bytes[..count].ToArray();
        bytes = bytes[count..];
        return taken;
    }
}

using System.Buffers.Binary;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Rehearsal.Disk;

/// <summary>
/// Takes the process's chance out of write-ahead logs. SQLite marks each of them with two numbers (salts)
/// that it draws from a source which all connections of a process share, and starts all of its checksums from
/// them. Here the salts come from the disk's seed instead, and the checksums are reckoned anew, so that the
/// same calls leave the same bytes; the log is as valid as before.
/// </summary>
/// <remarks>Source: "The Write-Ahead Log", SQLite's file format, sqlite.org/fileformat2.html.</remarks>
internal sealed class WalSalts(DiskFile file, SeededRandom chance)
{
    public const int HeaderBytes = 32;
    public const int FrameHeaderBytes = 24;

    private const int PageSizeAt = 8;
    private const int HeaderSaltsAt = 16;
    private const int HeaderChecksumAt = 24;
    private const int PagesAfterCommitAt = 4;
    private const int FrameSaltsAt = 8;
    private const int FrameChecksumAt = 16;
    private const int SaltsBytes = 8;
    private const int ChecksumBytes = 8;

    private readonly byte[] _header = new byte[HeaderBytes];

    /// <summary>What to write instead; valid until the next call.</summary>
    public ReadOnlySpan<byte> Change(ReadOnlySpan<byte> data, long offset, out bool isCommit)
    {
        isCommit = false;
        if (offset == 0 && data.Length == HeaderBytes) return ChangeHeader(data);
        if (file.Length < HeaderBytes || offset < HeaderBytes) return data;

        var page = BinaryPrimitives.ReadInt32BigEndian(file.Bytes[PageSizeAt..]);
        var (frame, inside) = Math.DivRem(offset - HeaderBytes, FrameHeaderBytes + page);
        var at = HeaderBytes + (int)(frame * (FrameHeaderBytes + page));
        if (inside == 0 && data.Length == FrameHeaderBytes)
        {
            isCommit = BinaryPrimitives.ReadInt32BigEndian(data[PagesAfterCommitAt..]) != 0;
            return ChangeFrame(data, at, page);
        }

        if (inside == FrameHeaderBytes && data.Length == page) CorrectFrame(data, at, page);
        return data;
    }

    private Span<byte> ChangeHeader(ReadOnlySpan<byte> data)
    {
        data.CopyTo(_header);
        BinaryPrimitives.WriteUInt64BigEndian(_header.AsSpan(HeaderSaltsAt), chance.NextBits());
        Sum(_header.AsSpan(0, HeaderChecksumAt), IsBigEndian(_header), 0, 0)
            .Write(_header.AsSpan(HeaderChecksumAt));
        return _header;
    }

    /// <summary>
    /// SQLite writes a frame's header before its page. Until the page comes the frame gets no checksum,
    /// unless its own is right for the page that is there: SQLite mends checksums without writing pages.
    /// </summary>
    private Span<byte> ChangeFrame(ReadOnlySpan<byte> data, int at, int page)
    {
        var header = _header.AsSpan(0, FrameHeaderBytes);
        data.CopyTo(header);
        file.Bytes.Slice(HeaderSaltsAt, SaltsBytes).CopyTo(header[FrameSaltsAt..]);
        var checksum = header[FrameChecksumAt..];
        var isThere = file.Length >= at + FrameHeaderBytes + page;
        Span<byte> fitting = stackalloc byte[ChecksumBytes];
        if (isThere) FrameSum(header, file.Bytes.Slice(at + FrameHeaderBytes, page), at, page).Write(fitting);
        if (!isThere || !checksum.SequenceEqual(fitting)) checksum.Clear();
        return header;
    }

    private void CorrectFrame(ReadOnlySpan<byte> data, int at, int page)
    {
        Span<byte> checksum = stackalloc byte[ChecksumBytes];
        FrameSum(file.Bytes.Slice(at, FrameHeaderBytes), data, at, page).Write(checksum);
        if (!file.Correct(checksum, at + FrameChecksumAt)) file.Write(checksum, at + FrameChecksumAt);
    }

    private Checksum FrameSum(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data, int at, int page)
    {
        var isBig = IsBigEndian(file.Bytes);
        var before = at == HeaderBytes ? HeaderChecksumAt : at - FrameHeaderBytes - page + FrameChecksumAt;
        var first = BinaryPrimitives.ReadUInt32BigEndian(file.Bytes[before..]);
        var second = BinaryPrimitives.ReadUInt32BigEndian(file.Bytes[(before + sizeof(uint))..]);
        (first, second) = Sum(header[..FrameSaltsAt], isBig, first, second);
        return Sum(data, isBig, first, second);
    }

    private static bool IsBigEndian(ReadOnlySpan<byte> header) => (header[3] & 1) == 1;

    private static Checksum Sum(ReadOnlySpan<byte> data, bool isBigEndian, uint first, uint second)
    {
        unchecked
        {
            for (; data.Length >= 2 * sizeof(uint); data = data[(2 * sizeof(uint))..])
            {
                first += Word(data, isBigEndian) + second;
                second += Word(data[sizeof(uint)..], isBigEndian) + first;
            }
        }

        return new Checksum(first, second);
    }

    private static uint Word(ReadOnlySpan<byte> data, bool isBigEndian) => isBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(data)
        : BinaryPrimitives.ReadUInt32LittleEndian(data);

    private readonly record struct Checksum(uint First, uint Second)
    {
        public void Write(Span<byte> into)
        {
            BinaryPrimitives.WriteUInt32BigEndian(into, First);
            BinaryPrimitives.WriteUInt32BigEndian(into[sizeof(uint)..], Second);
        }
    }
}

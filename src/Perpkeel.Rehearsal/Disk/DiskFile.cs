using System.Runtime.InteropServices;
using Perpkeel.Simulation.Markets.Synthetic;

namespace Perpkeel.Rehearsal.Disk;

/// <summary>
/// The bytes of a file as a process sees them, and beside them what was done since its last sync: a loss of
/// power undoes all of that and then does some of it again.
/// </summary>
internal sealed class DiskFile
{
    /// <summary>What is kept or lost as one, if it is not torn.</summary>
    public const int SectorBytes = 512;

    /// <summary>Room for what was done since a sync that is kept from one sync to the next.</summary>
    private const int KeptBytes = 1 << 24;

    private const int KeepChances = 4;
    private const ulong TornOneIn = 16;

    private readonly List<Change> _changes = [];
    private byte[] _bytes = [];
    private byte[] _contents = [];
    private int _contentsLength;

    /// <summary>Its size.</summary>
    public int Length { get; private set; }

    /// <summary>The locks of those who have it open in this life.</summary>
    public FileLocks Locks { get; private set; } = new();

    /// <summary>What the connections of this life share about it, where it is a database.</summary>
    public WalIndex Index { get; private set; } = new();

    /// <summary>Whether a loss of power would find something to undo.</summary>
    public bool IsSynced => _changes.Count == 0;

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Whoever has it open keeps what is shared; those who come now share something new.</summary>
    public void ForgetHandles()
    {
        Locks = new FileLocks();
        Index = new WalIndex();
    }

    /// <summary>Copies bytes out and says how many there were; the rest becomes zero.</summary>
    public int Read(Span<byte> into, long offset)
    {
        var count = (int)Math.Clamp(Length - offset, 0, into.Length);
        if (count > 0) _bytes.AsSpan((int)offset, count).CopyTo(into);
        into[count..].Clear();
        return count;
    }

    /// <summary>Puts bytes somewhere; what lies between the end and there becomes zero.</summary>
    public void Write(ReadOnlySpan<byte> data, int offset)
    {
        var change = new Change(
            Math.Max(0, Math.Min(Length, offset + data.Length) - offset), data.Length, offset, Length,
            _contentsLength);
        _changes.Add(change);
        Remember(change.Old == 0 ? [] : _bytes.AsSpan(offset, change.Old));
        Remember(data);
        Put(data, offset);
    }

    /// <summary>
    /// Corrects the end of the last write, as if it had been made like this, when that was its place.
    /// </summary>
    public bool Correct(ReadOnlySpan<byte> data, int offset)
    {
        if (_changes.Count == 0) return false;
        var last = _changes[^1];
        if (last.IsCut || last.Offset + last.New != offset + data.Length) return false;
        data.CopyTo(_contents.AsSpan(_contentsLength - data.Length));
        Put(data, offset);
        return true;
    }

    /// <summary>Cuts it off, or makes it longer with zeros.</summary>
    public void Truncate(int length)
    {
        var change = new Change(Math.Max(0, Length - length), Change.Cut, length, Length, _contentsLength);
        _changes.Add(change);
        Remember(change.Old == 0 ? [] : _bytes.AsSpan(length, change.Old));
        Resize(length);
    }

    /// <summary>All that was done is beyond the reach of a loss of power.</summary>
    public void Sync()
    {
        _changes.Clear();
        _contentsLength = 0;
        if (_contents.Length > KeptBytes) _contents = [];
    }

    /// <summary>
    /// Leaves what a loss of power leaves: of all writes since the last sync each sector is kept, lost or,
    /// now and then, torn; each truncation was done or not; the end may be that of the file as it was, with
    /// zeros where nothing arrived.
    /// </summary>
    public void LosePower(SeededRandom chance)
    {
        if (IsSynced) return;
        var seen = Length;
        foreach (var change in Enumerable.Reverse(_changes)) Undo(change);

        var keep = Below(chance, KeepChances + 1);
        foreach (var change in _changes)
        {
            if (!change.IsCut) DoSome(change, keep, chance);
            else if (Below(chance, KeepChances) < keep) Resize(change.Offset);
        }

        if (Length < seen && Below(chance, 2) == 0) Resize(seen);
        Sync();
    }

    /// <summary>A number from 0 up to, not including, <paramref name="end"/>.</summary>
    public static int Below(SeededRandom chance, int end) => (int)(chance.NextBits() % (ulong)end);

    private void DoSome(Change change, int keep, SeededRandom chance)
    {
        var data = _contents.AsSpan(change.Contents + change.Old, change.New);
        for (var done = 0; done < data.Length;)
        {
            var at = change.Offset + done;
            var sector = data.Slice(done, Math.Min(data.Length - done, SectorBytes - (at % SectorBytes)));
            done += sector.Length;
            if (Below(chance, KeepChances) >= keep) continue;
            if (chance.NextBits() % TornOneIn != 0) Put(sector, at);
            else if (Below(chance, 2) == 0) Put(sector[..Below(chance, sector.Length)], at);
            else
            {
                var torn = Below(chance, sector.Length);
                Put(sector[torn..], at + torn);
            }
        }
    }

    private void Undo(Change change)
    {
        var old = _contents.AsSpan(change.Contents, change.Old);
        Resize(change.Before);
        if (change.Old > 0) old.CopyTo(_bytes.AsSpan(change.Offset));
    }

    private void Put(ReadOnlySpan<byte> data, int offset)
    {
        if (data.Length == 0) return;
        if (offset + data.Length > Length) Resize(offset + data.Length);
        data.CopyTo(_bytes.AsSpan(offset));
    }

    /// <summary>What is beyond the end is zero at all times.</summary>
    private void Resize(int length)
    {
        if (length < Length) _bytes.AsSpan(length, Length - length).Clear();
        else if (length > _bytes.Length) Array.Resize(ref _bytes, Grown(_bytes.Length, length));
        Length = length;
    }

    private void Remember(ReadOnlySpan<byte> data)
    {
        var end = _contentsLength + data.Length;
        if (end > _contents.Length) Array.Resize(ref _contents, Grown(_contents.Length, end));
        data.CopyTo(_contents.AsSpan(_contentsLength));
        _contentsLength = end;
    }

    private static int Grown(int now, int needed) => (int)Math.Clamp(2L * now, needed, Array.MaxLength);

    /// <summary>
    /// A write, or a truncation, whose old bytes and new ones stand one after the other at
    /// <paramref name="Contents"/>.
    /// </summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Change(int Old, int New, int Offset, int Before, int Contents)
    {
        public const int Cut = -1;

        public bool IsCut => New == Cut;
    }
}

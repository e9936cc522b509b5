using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Perpkeel.Rehearsal.Disk.Native;

/// <summary>
/// What SQLite calls: each finds the disk or the handle behind its pointer and hands on. Nothing that they
/// call throws; the disk catches what its owner's hook throws.
/// </summary>
internal static unsafe class VfsCallbacks
{
    /// <summary>2026-01-01 in Julian milliseconds: the clock stands.</summary>
    private const long Now = 211_634_035_200_000L;

    /// <summary>Fills a table of methods.</summary>
    public static void Fill(NativeMethods* methods)
    {
        methods->Version = 2;
        methods->Close = &Close;
        methods->Read = &Read;
        methods->Write = &Write;
        methods->Truncate = &Truncate;
        methods->Sync = &Sync;
        methods->Size = &Size;
        methods->Lock = &Lock;
        methods->Unlock = &Unlock;
        methods->CheckReserved = &CheckReserved;
        methods->Control = &Control;
        methods->SectorSize = &SectorSize;
        methods->Characteristics = &Characteristics;
        methods->MapShared = &MapShared;
        methods->LockShared = &LockShared;
        methods->SharedBarrier = &SharedBarrier;
        methods->UnmapShared = &UnmapShared;
    }

    /// <summary>Fills a file system.</summary>
    public static void Fill(NativeVfs* vfs)
    {
        vfs->Version = 2;
        vfs->FileBytes = sizeof(NativeFile);
        vfs->Open = &Open;
        vfs->Delete = &Delete;
        vfs->Access = &Access;
        vfs->FullPath = &FullPath;
        vfs->Randomness = &Randomness;
        vfs->Sleep = &Sleep;
        vfs->CurrentTimeMs = &CurrentTimeMs;
    }

    private static VfsRegistration RegistrationOf(NativeVfs* vfs) =>
        (VfsRegistration)GCHandle.FromIntPtr(vfs->Registration).Target!;

    private static DiskDevice DeviceOf(NativeVfs* vfs) => RegistrationOf(vfs).Device;

    private static DiskHandle HandleOf(NativeFile* file) =>
        (DiskHandle)GCHandle.FromIntPtr(file->Handle).Target!;

    private static string Text(byte* text) =>
        Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(NativeVfs* vfs, byte* name, NativeFile* file, int flags, int* outFlags)
    {
        file->Methods = null;
        var registration = RegistrationOf(vfs);
        var handle = registration.Device.OpenFile(name == null ? null : Text(name), flags);
        if (handle is null) return Sqlite.CannotOpen;
        file->Handle = GCHandle.ToIntPtr(GCHandle.Alloc(handle));
        file->Methods = registration.Methods;
        if (outFlags != null) *outFlags = flags;
        return Sqlite.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(NativeVfs* vfs, byte* name, int syncFolder) =>
        DeviceOf(vfs).DeleteFile(Text(name), syncFolder != 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Access(NativeVfs* vfs, byte* name, int flags, int* isThere)
    {
        var (code, found) = DeviceOf(vfs).HasFile(Text(name));
        *isThere = found ? 1 : 0;
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FullPath(NativeVfs* vfs, byte* name, int bytes, byte* path)
    {
        var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        if (text.Length >= bytes) return Sqlite.CannotOpen;
        text.CopyTo(new Span<byte>(path, bytes));
        path[text.Length] = 0;
        return Sqlite.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Randomness(NativeVfs* vfs, int bytes, byte* into)
    {
        DeviceOf(vfs).FillRandom(new Span<byte>(into, bytes));
        return bytes;
    }

    /// <summary>Nobody waits: who holds a lock is on the same thread and would wait as well.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sleep(NativeVfs* vfs, int microseconds) => microseconds;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CurrentTimeMs(NativeVfs* vfs, long* milliseconds)
    {
        *milliseconds = Now;
        return Sqlite.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(NativeFile* file)
    {
        var handle = GCHandle.FromIntPtr(file->Handle);
        file->Methods = null;
        ((DiskHandle)handle.Target!).Close();
        handle.Free();
        return Sqlite.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(NativeFile* file, byte* into, int bytes, long offset) =>
        HandleOf(file).Read(new Span<byte>(into, bytes), offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(NativeFile* file, byte* data, int bytes, long offset) =>
        HandleOf(file).Write(new ReadOnlySpan<byte>(data, bytes), offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(NativeFile* file, long length) => HandleOf(file).Truncate(length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(NativeFile* file, int flags) => HandleOf(file).Sync();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Size(NativeFile* file, long* bytes)
    {
        var (code, length) = HandleOf(file).Size();
        *bytes = length;
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(NativeFile* file, int level) => HandleOf(file).Lock(level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(NativeFile* file, int level) => HandleOf(file).Unlock(level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReserved(NativeFile* file, int* isReserved)
    {
        *isReserved = HandleOf(file).IsReserved() ? 1 : 0;
        return Sqlite.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Control(NativeFile* file, int operation, void* argument) => Sqlite.NotFound;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(NativeFile* file) => DiskFile.SectorBytes;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Characteristics(NativeFile* file) => Sqlite.PowersafeOverwrite;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int MapShared(NativeFile* file, int number, int bytes, int isMade, nint* address)
    {
        var (code, block) = HandleOf(file).MapShared(number, bytes, isMade != 0);
        *address = block;
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LockShared(NativeFile* file, int first, int count, int flags) =>
        HandleOf(file).LockShared(((1 << count) - 1) << first, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void SharedBarrier(NativeFile* file) => Interlocked.MemoryBarrier();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int UnmapShared(NativeFile* file, int isDeleted)
    {
        HandleOf(file).UnmapShared();
        return Sqlite.Ok;
    }
}

using System.Runtime.InteropServices;

namespace Perpkeel.Rehearsal.Disk.Native;

/// <summary>sqlite3_vfs, version 2. No libraries can be loaded through it: those members are null.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeVfs
{
    public int Version;
    public int FileBytes;
    public int MostPathBytes;
    public NativeVfs* Next;
    public byte* Name;
    public nint Registration;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, NativeFile*, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, int> Delete;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, int*, int> Access;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, byte*, int> FullPath;
    public nint LoadLibrary;
    public nint LibraryError;
    public nint LibrarySymbol;
    public nint CloseLibrary;
    public delegate* unmanaged[Cdecl]<NativeVfs*, int, byte*, int> Randomness;
    public delegate* unmanaged[Cdecl]<NativeVfs*, int, int> Sleep;
    public nint CurrentTime;
    public nint LastError;
    public delegate* unmanaged[Cdecl]<NativeVfs*, long*, int> CurrentTimeMs;
}

/// <summary>sqlite3_file, with what belongs to us behind it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFile
{
    public NativeMethods* Methods;
    public nint Handle;
}

/// <summary>sqlite3_io_methods, version 2: with shared memory, without mapped pages.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeMethods
{
    public int Version;
    public delegate* unmanaged[Cdecl]<NativeFile*, int> Close;
    public delegate* unmanaged[Cdecl]<NativeFile*, byte*, int, long, int> Read;
    public delegate* unmanaged[Cdecl]<NativeFile*, byte*, int, long, int> Write;
    public delegate* unmanaged[Cdecl]<NativeFile*, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> Sync;
    public delegate* unmanaged[Cdecl]<NativeFile*, long*, int> Size;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> Lock;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> Unlock;
    public delegate* unmanaged[Cdecl]<NativeFile*, int*, int> CheckReserved;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, void*, int> Control;
    public delegate* unmanaged[Cdecl]<NativeFile*, int> SectorSize;
    public delegate* unmanaged[Cdecl]<NativeFile*, int> Characteristics;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int, int, nint*, int> MapShared;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int, int, int> LockShared;
    public delegate* unmanaged[Cdecl]<NativeFile*, void> SharedBarrier;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> UnmapShared;
}

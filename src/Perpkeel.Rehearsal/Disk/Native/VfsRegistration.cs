using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Perpkeel.Storage.Sqlite;

namespace Perpkeel.Rehearsal.Disk.Native;

/// <summary>
/// A disk's place among SQLite's file systems, and the native memory that goes with it. It gets the lowest
/// number that no other disk of the process has: whoever remembers things by the names of connections, as
/// Dapper does, then knows few of them however many disks come and go.
/// </summary>
internal sealed unsafe class VfsRegistration
{
    private const int MostPathBytes = 512;

    /// <summary>Held from looking for a free name to taking it.</summary>
    private static readonly Lock Naming = new();

    private readonly NativeVfs* _vfs;
    private readonly GCHandle _self;

    /// <summary>Registers a disk.</summary>
    public VfsRegistration(DiskDevice device)
    {
        SystemSqlite.EnsureReady();
        Device = device;
        _self = GCHandle.Alloc(this);
        _vfs = (NativeVfs*)NativeMemory.AllocZeroed((nuint)sizeof(NativeVfs));
        Methods = (NativeMethods*)NativeMemory.AllocZeroed((nuint)sizeof(NativeMethods));
        VfsCallbacks.Fill(Methods);
        VfsCallbacks.Fill(_vfs);
        _vfs->MostPathBytes = MostPathBytes;
        _vfs->Registration = GCHandle.ToIntPtr(_self);
        Name = Register();
    }

    /// <summary>The disk.</summary>
    public DiskDevice Device { get; }

    /// <summary>The name under which SQLite finds it.</summary>
    public string Name { get; }

    /// <summary>The methods of all its files.</summary>
    public NativeMethods* Methods { get; }

    /// <summary>No connection finds the disk any more; those that have, keep it.</summary>
    public void Unregister()
    {
        var unregister = (delegate* unmanaged[Cdecl]<NativeVfs*, int>)
            SystemSqlite.Function("sqlite3_vfs_unregister");
        unregister(_vfs);
    }

    /// <summary>Gives the memory back, after the last file was closed.</summary>
    public void Free()
    {
        NativeMemory.Free(_vfs->Name);
        NativeMemory.Free(_vfs);
        NativeMemory.Free(Methods);
        _self.Free();
    }

    private string Register()
    {
        var find = (delegate* unmanaged[Cdecl]<byte*, NativeVfs*>)SystemSqlite.Function("sqlite3_vfs_find");
        var register = (delegate* unmanaged[Cdecl]<NativeVfs*, int, int>)
            SystemSqlite.Function("sqlite3_vfs_register");
        lock (Naming)
        {
            for (var number = 1; ; number++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"perpkeel-{number}");
                var bytes = Encoding.UTF8.GetBytes(name + '\0');
                fixed (byte* text = bytes)
                {
                    if (find(text) != null) continue;
                }

                _vfs->Name = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
                bytes.CopyTo(new Span<byte>(_vfs->Name, bytes.Length));
                return register(_vfs, 0) == Sqlite.Ok
                    ? name
                    : throw new InvalidOperationException("SQLite takes no file system.");
            }
        }
    }
}

using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Perpkeel.Storage.Sqlite;

/// <summary>
/// The SQLite library of the operating system, made ready for use once per process. No copy of SQLite is
/// shipped: the system's is the one that gets security fixes.
/// </summary>
public static class SystemSqlite
{
    /// <summary>The first version with everything that the schema uses (STRICT tables, RETURNING).</summary>
    public static readonly Version Minimum = new(3, 37);

    private static readonly Lazy<Library> Ready = new(Initialise);

    /// <summary>Makes the library ready and gives its version; later calls cost nothing.</summary>
    /// <exception cref="DllNotFoundException">The library is missing or older than 3.37.</exception>
    public static Version EnsureReady() => Ready.Value.Version;

    /// <summary>
    /// The address of one of the library's functions, for what the binding does not offer.
    /// </summary>
    /// <exception cref="DllNotFoundException">The library is missing or older than 3.37.</exception>
    /// <exception cref="EntryPointNotFoundException">It has no function of this name.</exception>
    public static nint Function(string name) => NativeLibrary.GetExport(Ready.Value.Handle, name);

    /// <summary>Loads the first library that is there.</summary>
    /// <exception cref="DllNotFoundException">None is; the message says what to install.</exception>
    internal static nint Load(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle)) return handle;
        }

        throw new DllNotFoundException(
            $"SQLite's library was not found ({string.Join(", ", names)}). {Mend}");
    }

    /// <summary>Refuses a library that is too old.</summary>
    /// <exception cref="DllNotFoundException">It is; the message says what to install.</exception>
    internal static Version CheckVersion(string text)
    {
        var version = Version.Parse(text);
        if (version < Minimum)
        {
            throw new DllNotFoundException(
                $"SQLite's library has version {text}; {Minimum} or newer is needed. {Mend}");
        }

        return version;
    }

    /// <summary>The names under which a system keeps its library, best first.</summary>
    internal static IReadOnlyList<string> NamesOn(bool isWindows, bool isMacOS) => (isWindows, isMacOS) switch
    {
        (true, _) => ["winsqlite3.dll"],
        (_, true) => ["libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"],
        _ => ["libsqlite3.so.0", "libsqlite3.so"],
    };

    private const string Mend =
        "Install it: 'apt install libsqlite3-0' on Debian and Ubuntu, 'sqlite-libs' on Fedora; "
        + "Windows 10 and macOS bring it along.";

    private static Library Initialise()
    {
        var names = NamesOn(OperatingSystem.IsWindows(), OperatingSystem.IsMacOS());
        var handle = Load(names);
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            (string name, Assembly _, DllImportSearchPath? _) =>
                string.Equals(name, "e_sqlite3", StringComparison.Ordinal) ? handle : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return new Library(handle, CheckVersion(raw.sqlite3_libversion().utf8_to_string()));
    }

    private sealed record Library(nint Handle, Version Version);
}

using System.Security.Cryptography;
using System.Text;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Control;

/// <summary>
/// Where a folder's control socket is: in the folder, or, where that path is longer than the system allows
/// for a socket, in a folder of the user's own whose name stands in a small file.
/// </summary>
internal static class ControlPlace
{
    /// <summary>Name of the socket in its folder.</summary>
    public const string SocketName = "control.sock";

    /// <summary>Name of the file that says where else the socket is.</summary>
    public const string PointerName = "control.path";

    /// <summary>
    /// Bytes of a path that every system takes: sun_path has 104 on macOS and 108 on Linux, its end included.
    /// </summary>
    public const int MostPathBytes = 103;

    private const int HashLength = 16;
    private const string RuntimeFolder = "XDG_RUNTIME_DIR";
    private const string OwnFolder = "perpkeel-control-";
    private const long MostPointerBytes = 4_096;

    /// <summary>Where a run is to open its socket.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="environment">Environment variables.</param>
    /// <exception cref="IOException">No folder can be made.</exception>
    public static Result<string, UserError> ForRun(
        string folder, IReadOnlyDictionary<string, string> environment)
    {
        if (Fit(Path.Combine(folder, SocketName)) is { } inside) return inside;
        if (environment.TryGetValue(RuntimeFolder, out var runtime) && Directory.Exists(runtime)
            && Fit(Path.Combine(runtime, $"{OwnFolder}{HashOf(folder)}.sock")) is { } beside)
        {
            return beside;
        }

        // Made for this user alone, under a name that nobody could have taken before.
        var made = Directory.CreateTempSubdirectory(OwnFolder).FullName;
        if (Fit(Path.Combine(made, SocketName)) is { } elsewhere) return elsewhere;
        Directory.Delete(made);
        return UserError.Of(
            $"{folder}: the path is too long for a socket, and so is the one for temporary files. "
            + $"Choose a shorter folder with --data, or set {RuntimeFolder}.");
    }

    /// <summary>Whether the socket lies in the folder itself.</summary>
    public static bool IsInside(string folder, string socket) =>
        string.Equals(
            Path.GetFullPath(socket), Path.GetFullPath(Path.Combine(folder, SocketName)),
            StringComparison.Ordinal);

    /// <summary>Where a folder's socket is, or was; null when there is none.</summary>
    /// <exception cref="IOException">The file that says so cannot be read.</exception>
    public static string? Find(string folder)
    {
        var inside = Path.Combine(folder, SocketName);
        if (File.Exists(inside))
        {
            // It was opened under a shorter name of the same folder: perhaps from here there is one, too.
            return Fit(inside) ?? Path.GetRelativePath(Environment.CurrentDirectory, inside);
        }

        var pointer = new FileInfo(Path.Combine(folder, PointerName));
        if (!pointer.Exists || pointer.Length > MostPointerBytes) return null;
        var path = File.ReadAllText(pointer.FullName).Trim();
        return path.Length > 0 && File.Exists(path) ? path : null;
    }

    /// <summary>Notes where the socket is, if it is not in the folder; takes back an older note.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Point(string folder, string? socket)
    {
        var pointer = Path.Combine(folder, PointerName);
        if (socket is null || IsInside(folder, socket))
        {
            File.Delete(pointer);
            return;
        }

        var draft = pointer + ".new";
        File.WriteAllText(draft, socket + "\n");
        File.Move(draft, pointer, overwrite: true);
    }

    /// <summary>
    /// Removes a folder's socket that nobody listens to, and what was made to hold it elsewhere.
    /// </summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void Remove(string folder, string socket)
    {
        File.Delete(socket);
        if (IsInside(folder, socket) || Path.GetDirectoryName(socket) is not { } parent) return;
        var isOurs = Path.GetFileName(parent).StartsWith(OwnFolder, StringComparison.Ordinal)
            && string.Equals(Path.GetFileName(socket), SocketName, StringComparison.Ordinal);
        if (isOurs && !Directory.EnumerateFileSystemEntries(parent).Any()) Directory.Delete(parent);
    }

    /// <summary>Whether a socket can have this path.</summary>
    public static bool Fits(string path) => Encoding.UTF8.GetByteCount(path) <= MostPathBytes;

    /// <summary>
    /// The path in full, if a socket can have it: it must be the same for all, wherever they work.
    /// </summary>
    private static string? Fit(string path) => Path.GetFullPath(path) is var full && Fits(full) ? full : null;

    private static string HashOf(string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))
            [..HashLength];
}

using System.Text;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Networks;

namespace Perpkeel.Cli.Dydx;

/// <summary>
/// Where a key comes from: a file, the standard input, or a prompt. Never an argument and never the
/// environment, which other processes can read.
/// </summary>
internal sealed class KeyInput(Surroundings surroundings)
{
    private const int MostChars = 4_096;

    /// <summary>Reads the key.</summary>
    /// <param name="file">A file, <c>-</c> for the standard input, null for a prompt.</param>
    /// <param name="index">Which account of a mnemonic.</param>
    /// <param name="network">The network of a key that names none.</param>
    /// <param name="curve">Signs for the key.</param>
    public Result<NetworkKey, UserError> Read(
        string? file, uint index, DydxNetwork network, ISecp256k1 curve)
    {
        var chars = new char[MostChars];
        try
        {
            var read = file switch
            {
                null => Ask(chars),
                "-" => surroundings.In.ReadBlock(chars, 0, chars.Length),
                _ => FromFile(file, chars),
            };
            return read switch
            {
                < 0 => UserError.Of(
                    "No key: there is no terminal to ask at. Name a file with --key-file, or - for the "
                    + "standard input."),
                MostChars => UserError.Of($"A key is not that long. Is {file} the right file?"),
                _ => KeyText.Read(chars.AsSpan(0, read), index, network, curve),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return UserError.Of($"{file}: {error.Message}");
        }
        finally
        {
            Array.Clear(chars);
        }
    }

    private int Ask(char[] chars)
    {
        if (surroundings.AskSecret("Key (words or digits, not shown): ") is not { } typed) return -1;
        var length = Math.Min(typed.Length, chars.Length);
        typed.AsSpan(0, length).CopyTo(chars);
        Array.Clear(typed);
        return length;
    }

    private int FromFile(string file, char[] chars)
    {
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead))
                != UnixFileMode.None)
        {
            surroundings.Error.WriteLine($"warning: others can read {file}. Mend it with: chmod 600 {file}");
        }

        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadBlock(chars, 0, chars.Length);
    }
}

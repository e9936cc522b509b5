using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Storage.Tiers;

/// <summary>
/// Reads files of tiers: YAML as in <c>config/tiers/template.yaml</c>, or the JSON answer of an exchange's
/// <c>/fapi/v1/leverageBracket</c> as it comes. The file is taken as a whole or refused with everything that
/// is wrong with it.
/// </summary>
public static class TierFile
{
    /// <summary>Most bytes of a file; those of eight hundred symbols take less than one million.</summary>
    public const int MostBytes = 16_000_000;

    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path; the extension says which format it is, else its beginning does.</param>
    /// <param name="source">
    /// Where tiers of a JSON file come from, and as of when. Without it the file's name is taken, and a date
    /// at its end: <c>binance-2026-07-02.json</c>. A YAML file says it itself.
    /// </param>
    public static Result<TierBook, TierFileRefusal> Read(string path, TierSource? source = null)
    {
        var findings = new TierFileFindings(path);
        if (Directory.Exists(path))
        {
            return findings.Only(TierFileFault.Unreadable, "This is a folder.", "Name a file in it.");
        }

        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path, source);
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException
                or NotSupportedException)
        {
            return findings.Only(
                TierFileFault.Unreadable,
                $"The file cannot be read: {Quoted.WithoutControls(error.Message).TrimEnd('.')}.",
                "Name a file of tiers, .yaml or .json.");
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="name">The file's name, for messages and for its extension.</param>
    /// <param name="source">Where tiers of JSON come from, else the name says it.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Result<TierBook, TierFileRefusal> Read(
        Stream stream, string name, TierSource? source = null)
    {
        var findings = new TierFileFindings(name);
        if (ReadBytes(stream) is not { } bytes)
        {
            return findings.Only(
                TierFileFault.TooLarge, $"It has more than {MostBytes / 1_000_000} million bytes.",
                "Name a file of tiers: those of all symbols of an exchange take less than one million.");
        }

        var text = bytes.AsMemory(bytes.AsSpan().StartsWith(Utf8Mark) ? Utf8Mark.Length : 0);
        if (!Utf8.IsValid(text.Span))
        {
            return findings.Only(
                TierFileFault.NotText, "It is not text in UTF-8.", "Save it as UTF-8, or name another file.");
        }

        return IsJson(name, text.Span)
            ? LeverageBracketJson.Read(text, source ?? SourceOf(name), findings)
            : TierYaml.Read(Encoding.UTF8.GetString(text.Span), findings);
    }

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    private static byte[]? ReadBytes(Stream stream)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        while (stream.Read(buffer) is var read and > 0)
        {
            if (bytes.Length + read > MostBytes) return null;
            bytes.Write(buffer.AsSpan(0, read));
        }

        return bytes.ToArray();
    }

    private static bool IsJson(string name, ReadOnlySpan<byte> text)
    {
        var extension = Path.GetExtension(name);
        if (extension.Equals(".json", StringComparison.OrdinalIgnoreCase)) return true;
        if (extension.Equals(".yaml", StringComparison.OrdinalIgnoreCase)
            || extension.Equals(".yml", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return text.TrimStart(" \t\r\n"u8) is [(byte)'[' or (byte)'{', ..];
    }

    private static TierSource SourceOf(string name)
    {
        var stem = Quoted.Clean(Path.GetFileNameWithoutExtension(name));
        var dash = stem.Length - DateFormat.Length - 1;
        return dash > 0 && stem[dash] == '-' && DateOnly.TryParseExact(
            stem[(dash + 1)..], DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new TierSource(stem[..dash], day)
            : new TierSource(stem.Length > 0 ? stem : "file", null);
    }
}

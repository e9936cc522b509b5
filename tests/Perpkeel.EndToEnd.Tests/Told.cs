using System.Text.Json;

namespace Perpkeel.EndToEnd.Tests;

/// <summary>What a command told, and its exit code.</summary>
internal sealed record Told(int Code, string Out, string Error)
{
    /// <summary>The last line of the output, as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Lines[^1]).RootElement;

    /// <summary>The lines of the output.</summary>
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lines of the errors.</summary>
    public string[] Errors => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Both hashes: of the account's journal and of the venue's own.</summary>
    public Hashes Hashes => new(Text("journalHash"), Text("venueHash"));

    /// <summary>A member of the summary that is a text.</summary>
    public string Text(string member) => Json.GetProperty(member).GetString()!;

    /// <summary>A member of the summary that is a count.</summary>
    public long Count(string member) => Json.GetProperty(member).GetInt64();
}

/// <summary>Where two journals end.</summary>
internal readonly record struct Hashes(string Account, string Venue);

using System.Collections.Immutable;

namespace Perpkeel.Venues.Http;

/// <summary>One line of a head or a trailer.</summary>
/// <param name="Name">In small letters.</param>
/// <param name="Value">As sent.</param>
public readonly record struct HttpLine(string Name, string Value);

/// <summary>A request.</summary>
public sealed record HttpAsk
{
    /// <summary>Where it goes, with path and query.</summary>
    public required Uri Address { get; init; }

    /// <summary>The verb, e.g. <c>POST</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Lines of the head; those of the content begin with <c>content-</c>.</summary>
    public ImmutableArray<HttpLine> Head { get; init; } = [];

    /// <summary>The content.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether the other side must speak HTTP/2, in plain text by prior knowledge.</summary>
    public bool NeedsHttp2 { get; init; }

    /// <summary>How long the whole exchange may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Bytes of content that are read; a longer answer is a fault.</summary>
    public required int MostBytes { get; init; }
}

/// <summary>An answer, read to its end.</summary>
public sealed record HttpReply
{
    /// <summary>The status, e.g. 200.</summary>
    public required int Status { get; init; }

    /// <summary>Lines of the head.</summary>
    public required ImmutableArray<HttpLine> Head { get; init; }

    /// <summary>The content.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Lines after the content.</summary>
    public ImmutableArray<HttpLine> Trailer { get; init; } = [];

    /// <summary>The first line of this name in the head, then in the trailer; null where none is.</summary>
    public string? Line(string name)
    {
        foreach (var line in Head.Concat(Trailer))
        {
            if (string.Equals(line.Name, name, StringComparison.OrdinalIgnoreCase)) return line.Value;
        }

        return null;
    }
}

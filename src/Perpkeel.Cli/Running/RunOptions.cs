using Perpkeel.Cli.Configuration;

namespace Perpkeel.Cli.Running;

/// <summary>What <c>perpkeel run</c> was asked for, flags and configuration taken together.</summary>
internal sealed record RunOptions
{
    /// <summary>The configuration.</summary>
    public required PerpkeelConfig Config { get; init; }

    /// <summary>File or folder of candles; null for the synthetic market.</summary>
    public string? Replay { get; init; }

    /// <summary>Folder of funding rates; null to assume them.</summary>
    public string? Funding { get; init; }

    /// <summary>Folder of the journals; null for one named after the source.</summary>
    public string? Data { get; init; }

    /// <summary>How the paper venue behaves.</summary>
    public VenueModels Models { get; init; } = new();

    /// <summary>Engine time to run for; null for no end.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Whether new risk waits from the start until somebody resumes.</summary>
    public bool IsHalted { get; init; }

    /// <summary>Whether to show the dashboard.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Whether the summary is one JSON object.</summary>
    public bool Json { get; init; }
}

namespace Perpkeel.Cli.Configuration;

/// <summary>A key's place in the sections, with dots: <c>strategy.weights.volume</c>.</summary>
internal static class KeyPath
{
    /// <summary>What stands behind the last dot.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>What stands before the last dot; empty when there is none.</summary>
    public static string ParentOf(string path) =>
        path.LastIndexOf('.') is var dot and >= 0 ? path[..dot] : "";
}

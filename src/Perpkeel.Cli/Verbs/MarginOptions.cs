using System.CommandLine;

namespace Perpkeel.Cli.Verbs;

/// <summary>Options that several margin verbs have.</summary>
internal static class MarginOptions
{
    /// <summary>Which tiers.</summary>
    public static Option<string?> Tiers() => new("--tiers")
    {
        Description = "File of tiers, YAML or an exchange's JSON, or binance or classic, which come with the "
            + "program [default: binance]",
        HelpName = "FILE",
    };

    /// <summary>JSON instead of text.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "One JSON object on one line; amounts are strings, exact",
    };
}

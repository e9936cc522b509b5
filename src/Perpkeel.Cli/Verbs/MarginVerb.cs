using System.CommandLine;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel margin</c>: margin and liquidation prices by a venue's tiers.</summary>
internal static class MarginVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings) =>
        new("margin", "Reckon margin and liquidation prices by a venue's leverage tiers")
        {
            MarginCalcVerb.Create(surroundings),
            MarginExplainVerb.Create(surroundings),
            MarginPreviewVerb.Create(surroundings),
            MarginTiersVerb.Create(surroundings),
            MarginCompareVerb.Create(surroundings),
            MarginValidateVerb.Create(surroundings),
        };
}

using System.CommandLine;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Cli.Dydx;

/// <summary>Kinds of stored orders as they are typed.</summary>
internal static class OrderKinds
{
    /// <summary>What is told of another word.</summary>
    public const string Unknown = "--kind: write long-term, conditional or twap.";

    /// <summary>The option.</summary>
    public static Option<string> Option() => new("--kind")
    {
        Description = "long-term, conditional or twap, where the order is stored",
        HelpName = "KIND",
        DefaultValueFactory = _ => "long-term",
    };

    /// <summary>The kind; null for another word.</summary>
    public static DydxOrderKind? Of(string text) => text switch
    {
        "long-term" => DydxOrderKind.LongTerm,
        "conditional" => DydxOrderKind.Conditional,
        "twap" => DydxOrderKind.Twap,
        _ => null,
    };
}

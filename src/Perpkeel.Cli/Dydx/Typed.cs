using System.CommandLine;

namespace Perpkeel.Cli.Dydx;

/// <summary>Whether something was typed, and is not a default.</summary>
internal static class Typed
{
    /// <summary>Whether an option was typed.</summary>
    public static bool Has(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is { Implicit: false };
}

namespace Perpkeel.Architecture.Tests.Compiled.Samples.Second;

/// <summary>Stands in the second folder.</summary>
internal static class Later
{
    public static string Name => string.Concat("la", "ter");
}

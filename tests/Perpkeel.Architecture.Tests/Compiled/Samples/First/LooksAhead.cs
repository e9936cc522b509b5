namespace Perpkeel.Architecture.Tests.Compiled.Samples.First;

/// <summary>Uses a folder after its own, inside a method only.</summary>
internal static class LooksAhead
{
    public static string Name() => Second.Later.Name;
}

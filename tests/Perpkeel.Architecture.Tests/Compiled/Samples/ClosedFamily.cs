namespace Perpkeel.Architecture.Tests.Compiled.Samples;

/// <summary>A family as it should be.</summary>
internal abstract record ClosedFamily
{
    private ClosedFamily()
    {
    }

    /// <summary>Its only case.</summary>
    public sealed record Case(int Number) : ClosedFamily;
}

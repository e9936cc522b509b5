using System.Diagnostics.CodeAnalysis;

namespace Perpkeel.Architecture.Tests.Compiled.Samples;

/// <summary>A family that anybody can add to.</summary>
internal abstract record OpenFamily
{
    protected OpenFamily()
    {
    }

    /// <summary>A case that can be derived from.</summary>
    [SuppressMessage("Performance", "CA1812:Never instantiated", Justification = "Read, not run.")]
    [SuppressMessage("Performance", "CA1852:Can be sealed", Justification = "The rule is to find it.")]
    public record Inner : OpenFamily;
}

/// <summary>A case from outside.</summary>
[SuppressMessage("Performance", "CA1812:Never instantiated", Justification = "Read, not run.")]
internal sealed record OpenOutsider : OpenFamily;

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Perpkeel.Architecture.Tests.Compiled.Samples;

/// <summary>Statics that can change, and some that cannot.</summary>
[SuppressMessage("Usage", "CA2211:Visible field", Justification = "A bad example.")]
[SuppressMessage("Design", "MA0069:Non-constant static fields", Justification = "A bad example.")]
internal static class MutableStatics
{
    public const int Constant = 1;

    public static readonly ImmutableArray<int> Fixed = [1];

    public static readonly ClosedFamily Family = new ClosedFamily.Case(1);

    public static readonly int[] Array = [1];

    public static readonly List<int> List = [1];

    public static readonly Box Holder = new();

    public static int Field = Constant;

    public static int Property { get; set; }

    /// <summary>Can change inside.</summary>
    internal sealed class Box
    {
        public int Value { get; set; }
    }
}

using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>All orders of one side at one price.</summary>
/// <param name="Price">The price.</param>
/// <param name="Quantums">Their sum in base quantums; may be wider than 64 bits.</param>
/// <param name="Orders">How many they are; at least one.</param>
internal readonly record struct DepthLevel(Ticks Price, UInt128 Quantums, int Orders);

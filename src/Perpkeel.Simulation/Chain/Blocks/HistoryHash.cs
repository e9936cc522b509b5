using System.Runtime.CompilerServices;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>
/// Makes one number of a history, so that two runs can be compared. Not for secrets: equal histories have
/// equal numbers, and unequal ones hardly ever.
/// </summary>
internal sealed class HistoryHash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>The number so far.</summary>
    public ulong Value { get; private set; }

    /// <summary>A number follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long next)
    {
        unchecked
        {
            var mixed = (ulong.RotateLeft(Value, 23) ^ (ulong)next) + Prime;
            mixed = (mixed ^ (mixed >> 32)) * Prime;
            Value = mixed ^ (mixed >> 29);
        }
    }

    /// <summary>A wide number follows.</summary>
    public void Add(Int128 next)
    {
        unchecked
        {
            Add((long)(next >> 64));
            Add((long)next);
        }
    }

    /// <summary>A text follows.</summary>
    public void Add(string text)
    {
        Add(text.Length);
        foreach (var letter in text) Add(letter);
    }

    /// <summary>A subaccount follows.</summary>
    public void Add(SubaccountKey key)
    {
        Add(key.Owner);
        Add(key.Number);
    }

    /// <summary>An order's id follows.</summary>
    public void Add(in ChainOrderId id)
    {
        Add(id.Subaccount);
        Add(id.ClientId);
        Add((int)id.Flags);
        Add(id.ClobPair);
    }

    /// <summary>The answer to a transaction follows; its words do not count.</summary>
    public void Add(in TxResult result)
    {
        Add(result.Codespace);
        Add(result.Code);
    }
}

using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>A position as the chain keeps it.</summary>
/// <param name="Market">Index of its market.</param>
/// <param name="Quantums">Signed base quantums; not zero.</param>
/// <param name="FundingIndex">The market's funding index up to which it has been settled.</param>
internal readonly record struct HeldPosition(int Market, long Quantums, Int128 FundingIndex);

/// <summary>A subaccount: its USDC, its positions by market, and the leverage that it chose.</summary>
/// <remarks>Positions lie in order of their markets, as the chain keeps them.</remarks>
internal sealed class LedgerAccount
{
    private const int FirstCapacity = 4;

    private HeldPosition[] _positions = [];
    private (int Market, Ppm Fraction)[] _leverage = [];
    private int _count;

    /// <summary>An account that was never used.</summary>
    public LedgerAccount(SubaccountKey key) => Key = key;

    /// <summary>Whose it is, and its number.</summary>
    public SubaccountKey Key { get; }

    /// <summary>Whether anything was ever paid into it.</summary>
    public bool IsCreated { get; internal set; }

    /// <summary>USDC in quote quantums, funding not settled; negative is a debt.</summary>
    public Int128 Usdc { get; internal set; }

    /// <summary>Its positions in order of their markets.</summary>
    public ReadOnlySpan<HeldPosition> Positions => _positions.AsSpan(0, _count);

    /// <summary>Signed base quantums in a market; zero where there is no position.</summary>
    public long QuantumsIn(int market)
    {
        var at = Find(market);
        return at >= 0 ? _positions[at].Quantums : 0;
    }

    /// <summary>The initial margin fraction that it chose for a market; zero for none.</summary>
    public Ppm ChosenMargin(int market)
    {
        foreach (var (each, fraction) in _leverage)
        {
            if (each == market) return fraction;
        }

        return default;
    }

    /// <summary>All initial margin fractions that it chose, in the order in which it did.</summary>
    public ReadOnlySpan<(int Market, Ppm Fraction)> ChosenMargins => _leverage;

    internal void Choose(int market, Ppm fraction)
    {
        var at = Array.FindIndex(_leverage, each => each.Market == market);
        if (at >= 0) _leverage[at] = (market, fraction);
        else _leverage = [.. _leverage, (market, fraction)];
    }

    /// <summary>The account as it is, apart from what happens to it later.</summary>
    internal LedgerAccount Copy()
    {
        var copy = new LedgerAccount(Key);
        copy.Assume(this);
        return copy;
    }

    /// <summary>Becomes as another one is.</summary>
    internal void Assume(LedgerAccount other)
    {
        (IsCreated, Usdc) = (other.IsCreated, other.Usdc);
        _positions = [.. other.Positions];
        _count = other._count;
        _leverage = [.. other._leverage];
    }

    /// <summary>Writes down that funding has been settled.</summary>
    internal void MarkSettled(LedgerState state)
    {
        for (var i = 0; i < _count; i++)
        {
            ref var position = ref _positions[i];
            position = position with { FundingIndex = state.Markets[position.Market].FundingIndex };
        }
    }

    /// <summary>Changes a position; a fresh one starts at the current funding index.</summary>
    internal void Move(int market, long delta, Int128 fundingIndex)
    {
        var at = Find(market);
        if (at < 0) Insert(~at, new(market, delta, fundingIndex));
        else if (_positions[at].Quantums + delta is var next && next != 0)
        {
            _positions[at] = _positions[at] with { Quantums = next };
        }
        else
        {
            _count--;
            Array.Copy(_positions, at + 1, _positions, at, _count - at);
        }
    }

    private void Insert(int at, HeldPosition position)
    {
        if (_count == _positions.Length)
        {
            Array.Resize(ref _positions, Math.Max(FirstCapacity, _count * 2));
        }

        Array.Copy(_positions, at, _positions, at + 1, _count - at);
        _positions[at] = position;
        _count++;
    }

    /// <summary>Where a market's position is, or the complement of where it would be.</summary>
    private int Find(int market)
    {
        var at = 0;
        while (at < _count && _positions[at].Market < market) at++;
        return at < _count && _positions[at].Market == market ? at : ~at;
    }
}

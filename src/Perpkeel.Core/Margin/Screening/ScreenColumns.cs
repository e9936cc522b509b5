using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Perpkeel.Core.Margin.Tiered;

namespace Perpkeel.Core.Margin.Screening;

/// <summary>
/// The numbers of a screen, column by column: what goes in, then what comes out. A slot is a place in every
/// column; there are always a multiple of <see cref="Step"/>, so that no register reaches beyond the end.
/// </summary>
internal sealed class ScreenColumns
{
    /// <summary>Slots come in multiples of the widest register.</summary>
    public const int Step = 8;

    private const int Count = Liquidation + 1;

    public const int Size = 0;
    public const int Entry = 1;
    public const int Mark = 2;
    public const int Equity = 3;
    public const int Others = 4;
    public const int Leverage = 5;
    public const int Condition = 6;
    public const int Maintenance = 7;
    public const int Initial = 8;
    public const int Ratio = 9;
    public const int Liquidation = 10;

    private readonly double[] _data;

    /// <param name="slots">A multiple of <see cref="Step"/>.</param>
    public ScreenColumns(int slots)
    {
        Slots = slots;

        // One register more than needed: columns a power of two apart would share the same places of a cache.
        Stride = slots + Step;
        _data = new double[checked(Stride * Count)];
        Column(Size).Fill(1d);
        Column(Entry).Fill(1d);
        Column(Mark).Fill(1d);
        Column(Leverage).Fill(1d);
    }

    public int Slots { get; }

    /// <summary>Numbers from a column's beginning to that of the next.</summary>
    public int Stride { get; }

    public ref double First => ref MemoryMarshal.GetArrayDataReference(_data);

    public Span<double> Column(int column) => _data.AsSpan(column * Stride, Slots);

    public double this[int column, int slot]
    {
        get => _data[(column * Stride) + slot];
        private set => _data[(column * Stride) + slot] = value;
    }

    /// <summary>Puts a position into a slot.</summary>
    public void Set(int slot, in MarginPosition position)
    {
        this[Size, slot] = (double)position.Size;
        this[Entry, slot] = (double)position.EntryPrice;
        this[Leverage, slot] = (double)position.Leverage.Value;
        SetMark(slot, position.MarkPrice);
        SetCollateral(slot, position.Collateral);
    }

    public void SetMark(int slot, decimal price) => this[Mark, slot] = (double)price;

    public void SetCollateral(int slot, in MarginCollateral collateral)
    {
        this[Equity, slot] = (double)(collateral.Wallet + collateral.OtherUnrealizedPnl);
        this[Others, slot] = (double)collateral.OtherMaintenance;
    }

    public void SetCondition(int slot, double condition) => this[Condition, slot] = condition;

    /// <summary>The place of a column's slot, counted from <see cref="First"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int At(int column, int slot, int stride) => unchecked((column * stride) + slot);
}

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>A sum over the last thirty days, today included.</summary>
internal sealed class VolumeWindow
{
    /// <summary>How many days it looks back.</summary>
    public const int Days = 30;

    private Int128[]? _byDay;

    /// <summary>The sum.</summary>
    public Int128 Total { get; private set; }

    /// <summary>Adds to a day, which is not before one that was told already.</summary>
    public void Add(long day, Int128 amount)
    {
        if (amount == 0) return;
        _byDay ??= new Int128[Days];
        _byDay[day % Days] += amount;
        Total += amount;
    }

    /// <summary>A later day begins: what is thirty days old leaves.</summary>
    public void Roll(long from, long to)
    {
        if (_byDay is null || Total == 0) return;
        var last = Math.Min(to, from + Days);
        for (var day = from + 1; day <= last; day++)
        {
            Total -= _byDay[day % Days];
            _byDay[day % Days] = 0;
        }
    }
}

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>How many decimals the numbers of a column need, trailing zeros not counted.</summary>
internal record struct GridDecimals
{
    /// <summary>The finest grid that is kept.</summary>
    public const int Most = 8;

    /// <summary>As many as the finest number so far.</summary>
    public int Count { get; private set; }

    /// <summary>Takes one more number; false if it is finer than any grid that is kept.</summary>
    public bool Take(decimal value)
    {
        if (value.Scale <= Count) return true;
        var needed = (int)value.Scale;
        // Digits are few: cutting one zero off at a time is quick enough.
        while (needed > Count && decimal.Round(value, needed - 1, MidpointRounding.ToZero) == value) needed--;
        if (needed > Most) return false;
        Count = needed;
        return true;
    }
}

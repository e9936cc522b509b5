namespace Perpkeel.Core.Margin.Screening;

/// <summary>
/// The arithmetic of the screen on several rows at once. Every member does in each lane exactly what IEEE 754
/// double arithmetic does with one number: plain operations, each rounded once, none fused. So a row has the
/// same bits for every width.
/// </summary>
/// <typeparam name="TVector">The register.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Rows in a register: a divisor of <see cref="ScreenColumns.Step"/>.</summary>
    static abstract int Width { get; }

    static abstract TVector All(double value);

    static abstract TVector Load(ref readonly double from, int at);

    static abstract void Store(TVector value, ref double to, int at);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    static abstract TVector Abs(TVector value);

    /// <summary>The larger one; there are no zeros of different sign here.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>The largest of all lanes.</summary>
    static abstract double MaxAcross(TVector value);

    /// <summary>The value where the other one is above zero, elsewhere infinity.</summary>
    static abstract TVector WherePositive(TVector value, TVector other);

    /// <summary>
    /// A bit for each lane, set where the left one is smaller; not set where one is no
    /// number.
    /// </summary>
    static abstract uint Below(TVector left, TVector right);
}

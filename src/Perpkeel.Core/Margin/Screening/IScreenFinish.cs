namespace Perpkeel.Core.Margin.Screening;

/// <summary>What is made of the terms of some rows.</summary>
/// <typeparam name="TVector">The register.</typeparam>
internal interface IScreenFinish<TVector>
    where TVector : struct
{
    /// <summary>Takes the terms of the rows in one register.</summary>
    /// <param name="data">The columns.</param>
    /// <param name="stride">From one column to the next.</param>
    /// <param name="slot">The first row's slot.</param>
    /// <param name="value">Signed size x mark.</param>
    /// <param name="debt">Signed size x entry - equity: balance = value - debt.</param>
    /// <param name="maintenance">Maintenance margin.</param>
    /// <param name="liquidation">Signed notional at the liquidation price.</param>
    void Take(
        ref double data, int stride, int slot, TVector value, TVector debt, TVector maintenance,
        TVector liquidation);
}

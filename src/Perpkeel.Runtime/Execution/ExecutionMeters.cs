using System.Diagnostics.Metrics;

namespace Perpkeel.Runtime.Execution;

/// <summary>What is counted and measured of executions, under the names of the given meter.</summary>
public sealed class ExecutionMeters
{
    private readonly Counter<long> _signals;
    private readonly Histogram<double> _seconds;
    private readonly Histogram<double> _quantity;
    private readonly Histogram<double> _price;
    private readonly Histogram<double> _slippage;

    /// <summary>Adds the instruments to a meter.</summary>
    public ExecutionMeters(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _signals = meter.CreateCounter<long>(
            "perpkeel.execution.signals", "{signal}", "Signals by outcome");
        _seconds = meter.CreateHistogram<double>(
            "perpkeel.execution.duration", "s", "Engine time from the call to the answer");
        _quantity = meter.CreateHistogram<double>(
            "perpkeel.execution.quantity", "{base unit}", "Size filled");
        _price = meter.CreateHistogram<double>(
            "perpkeel.execution.price", "USD", "Average price of the fills");
        _slippage = meter.CreateHistogram<double>(
            "perpkeel.execution.slippage", "1", "Average price against the price when the signal came");
    }

    /// <summary>Takes an outcome.</summary>
    /// <param name="market">The market.</param>
    /// <param name="outcome">A stable name.</param>
    /// <param name="report">The numbers; doubles, because they are only looked at.</param>
    internal void Take(string market, string outcome, ExecutionReport report)
    {
        var place = new KeyValuePair<string, object?>("market", market);
        _signals.Add(1, place, new("outcome", outcome));
        _seconds.Record(report.Took.TotalSeconds, place);
        if (report.AveragePrice is not { } price) return;
        _quantity.Record((double)report.Filled.Value, place);
        _price.Record((double)price, place);
        if (report.Slippage is { } slippage) _slippage.Record((double)slippage, place);
    }
}

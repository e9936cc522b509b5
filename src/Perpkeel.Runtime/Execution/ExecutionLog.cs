using Microsoft.Extensions.Logging;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Runtime.Execution;

/// <summary>One event for each outcome: done, refused, or not known.</summary>
internal sealed partial class ExecutionLog(ILogger logger, ExecutionMeters meters)
{
    /// <summary>Tells of an outcome.</summary>
    public void Tell(AccountId account, TradeSignal signal, ExecutionReport report)
    {
        var market = signal.Market.Value ?? string.Empty;
        if (report.IsRepeat)
        {
            LogRepeat(signal.Id, account, report.Reason);
            meters.Take(market, "repeat", report);
        }
        else if (report.IsSuccess)
        {
            LogDone(
                signal.Id, account, signal.Action, market, report.Reason, report.Filled,
                report.AveragePrice, report.Slippage, report.Fees.Value, report.Took.TotalMilliseconds);
            meters.Take(market, report.Phase == SignalPhase.Working ? "under-way" : "done", report);
        }
        else if (report.Phase == SignalPhase.Refused)
        {
            LogRefused(
                signal.Id, account, signal.Action, market, report.Reason,
                report.Error?.Message ?? string.Empty, report.Error?.Mend ?? string.Empty);
            meters.Take(market, "refused", report);
        }
        else
        {
            LogFailed(
                signal.Id, account, signal.Action, market, report.Reason,
                report.Error?.Message ?? string.Empty, report.Error?.Mend ?? string.Empty);
            meters.Take(market, "failed", report);
        }
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Information,
        Message = "Signal {Signal} of {Account}: {Action} {Market} {Outcome}, {Quantity} at {Price}, "
            + "slippage {Slippage}, fees {Fees}, {Milliseconds} ms.")]
    private partial void LogDone(
        SignalId signal, AccountId account, SignalAction action, string market, string outcome,
        Size quantity, decimal? price, decimal? slippage, decimal fees, double milliseconds);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Warning,
        Message = "Signal {Signal} of {Account}: {Action} {Market} refused, {Code}: {Detail} {Mend}")]
    private partial void LogRefused(
        SignalId signal, AccountId account, SignalAction action, string market, string code, string detail,
        string mend);

    [LoggerMessage(EventId = 2303, Level = LogLevel.Error,
        Message = "Signal {Signal} of {Account}: {Action} {Market} not done, {Code}: {Detail} {Mend}")]
    private partial void LogFailed(
        SignalId signal, AccountId account, SignalAction action, string market, string code, string detail,
        string mend);

    [LoggerMessage(EventId = 2304, Level = LogLevel.Information,
        Message = "Signal {Signal} of {Account} came again: it is {Outcome}.")]
    private partial void LogRepeat(SignalId signal, AccountId account, string outcome);
}

using System.Reactive.Disposables;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Sessions;

namespace Perpkeel.Runtime.Accounts;

/// <summary>Tells when a session's facts have made older confirmations worthless.</summary>
internal static class ConfirmationWatch
{
    /// <summary>
    /// Calls back for each durable fact that has moved money or a position, with the venue's time of it.
    /// </summary>
    /// <returns>Ends it when it is disposed of.</returns>
    public static IDisposable On(AccountSession session, Action<DateTimeOffset> moved)
    {
        ArgumentNullException.ThrowIfNull(session);
        session.FactRecorded += Look;
        return Disposable.Create((session, Handler: (EventHandler<FactEventArgs>)Look), static ended =>
            ended.session.FactRecorded -= ended.Handler);

        void Look(object? sender, FactEventArgs recorded)
        {
            if (recorded.Fact.Fact is Fact.Reported { Report: var report } && HasMoved(report))
            {
                moved(report.At);
            }
        }
    }

    private static bool HasMoved(VenueReport report) => report is VenueReport.Filled
        or VenueReport.Liquidated or VenueReport.Deposited or VenueReport.FundingPaid;
}

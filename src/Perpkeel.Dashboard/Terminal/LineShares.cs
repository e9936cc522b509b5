using Perpkeel.Dashboard.Drawing;
using Perpkeel.Dashboard.Panels;
using Perpkeel.Runtime.Telemetry;

namespace Perpkeel.Dashboard.Terminal;

/// <summary>Lines of each panel, frames included; zero leaves it out.</summary>
internal sealed record LineShares(int Account, int Positions, int Markets, int Signals, int Journal)
{
    /// <summary>Rows of the account, more only where they are narrow and lines are plenty.</summary>
    private const int AccountRows = 4;

    private const int LeastAccountRows = 3;

    private const int LeastPositionRows = 3;

    private const int LeastScoreRows = 4;

    private const int LeastJournalRows = 3;

    /// <summary>Rows kept for positions where there is room: first entries move nothing.</summary>
    private const int KeptPositionRows = 3;

    /// <summary>Everything gets its least; then positions, scores, account and markets in this order get what
    /// they want, and the journal the rest.</summary>
    public static LineShares Of(RunSnapshot snapshot, int width, int height, FrameKind kind, bool isBeside)
    {
        var frame = PanelView.Overhead(kind);
        var isRoomy = kind == FrameKind.Box;
        var wantedAccount = isRoomy
            ? Math.Max(AccountRows, AccountPanel.Of(snapshot).WantedRows(width, kind))
            : AccountRows;
        var account = LeastAccountRows;
        var wantedPositions = Math.Max(snapshot.Positions.Length, isRoomy ? KeptPositionRows : 1);
        var positions = Math.Min(wantedPositions, LeastPositionRows);
        var wantedSignals = Math.Max(snapshot.Scores.Length, isBeside ? snapshot.Markets.Length : 1);
        var signals = Math.Min(wantedSignals, LeastScoreRows);

        var headerAndFooter = 2;
        var rest = height - headerAndFooter - (4 * frame) - account - positions - signals - LeastJournalRows;
        positions += Grant(ref rest, wantedPositions - positions);
        signals += Grant(ref rest, wantedSignals - signals);
        account += Grant(ref rest, wantedAccount - account);

        var markets = 0;
        var leastMarkets = Math.Min(snapshot.Markets.Length, LeastScoreRows);
        if (!isBeside && rest >= frame + leastMarkets + 1)
        {
            rest -= frame + 1;
            markets = frame + Grant(ref rest, snapshot.Markets.Length);
            rest += 1;
        }

        return new LineShares(
            account + frame, positions + frame, markets, signals + frame, LeastJournalRows + rest + frame);
    }

    private static int Grant(ref int rest, int wanted)
    {
        var granted = Math.Clamp(wanted, 0, Math.Max(0, rest));
        rest -= granted;
        return granted;
    }
}

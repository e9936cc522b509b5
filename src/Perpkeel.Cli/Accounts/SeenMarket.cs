using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Accounts;

/// <summary>A market's prices as they were last seen.</summary>
/// <param name="Facts">Bid, ask and oracle price, with their age and how far they can be relied on.</param>
/// <param name="Last">Price of the last trade; null where it is not known.</param>
/// <param name="At">Engine time at which these prices were looked at.</param>
internal sealed record SeenMarket(MarketFacts Facts, Price? Last, DateTimeOffset At)
{
    /// <summary>Whether there is an oracle price, which marks positions.</summary>
    public bool HasOracle => Facts.Quality != QualityGrade.Missing && Facts.Oracle.Value > 0m;
}

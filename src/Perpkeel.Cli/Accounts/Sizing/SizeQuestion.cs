using Perpkeel.Core.Instruments;

namespace Perpkeel.Cli.Accounts.Sizing;

/// <summary>What <c>perpkeel size</c> is asked.</summary>
/// <param name="Market">Which market, in upper or lower case.</param>
/// <param name="Side">Whether to buy or to sell.</param>
/// <param name="Stop">Price of the stop.</param>
/// <param name="Price">Price of the entry; null for what the market asks or bids.</param>
/// <param name="RiskPercent">What the stop may cost, in percent; null for the account's own limit.</param>
internal sealed record SizeQuestion(
    string Market, Side Side, decimal Stop, decimal? Price = null, decimal? RiskPercent = null);

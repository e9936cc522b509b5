using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Protos.Clob;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>An initial margin fraction of one's own in a market.</summary>
/// <param name="ClobPairId">The market.</param>
/// <param name="InitialMargin">
/// 1 to 1,000,000 ppm, not below the market's own: 100,000 ppm is a leverage of ten at most.
/// </param>
public readonly record struct MarketLeverage(uint ClobPairId, Ppm InitialMargin)
{
    /// <summary>
    /// The fraction that permits a leverage and no more: 1 / leverage, rounded up to a millionth.
    /// </summary>
    public static Result<MarketLeverage, OrderError> AtMost(uint clobPairId, decimal leverage) =>
        leverage is >= 1m and <= (decimal)Ppm.One
            ? new MarketLeverage(clobPairId, new Ppm((long)decimal.Ceiling(Ppm.One / leverage)))
            : OrderError.Leverage($"A leverage is 1 to {Ppm.One}, not {Decimals.Text(leverage)}.");
}

/// <summary>
/// Messages that ask for more initial margin than a market does, which is the only leverage setting there is.
/// </summary>
public static class LeverageUpdates
{
    /// <summary>Sets the fractions of some markets.</summary>
    public static Result<MsgUpdateLeverage, OrderError> Of(
        DydxSubaccount subaccount, IReadOnlyList<MarketLeverage> markets)
    {
        ArgumentNullException.ThrowIfNull(markets);
        if (markets.Count == 0) return OrderError.Leverage("At least one market must be named.");
        var message = new MsgUpdateLeverage { SubaccountId = subaccount.ToProto() };
        var named = new HashSet<uint>();
        foreach (var (clobPairId, margin) in markets)
        {
            if (!named.Add(clobPairId)) return OrderError.Leverage($"Market {clobPairId} is named twice.");
            if (margin.Value is < 1 or > Ppm.One)
            {
                return OrderError.Leverage($"An initial margin is 1 to {Ppm.One} ppm, not {margin}.");
            }

            message.ClobPairLeverage.Add(
                new LeverageEntry { ClobPairId = clobPairId, CustomImfPpm = (uint)margin.Value });
        }

        return message;
    }
}

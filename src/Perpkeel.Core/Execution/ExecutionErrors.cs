using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;

namespace Perpkeel.Core.Execution;

/// <summary>The rules' refusals in the words that callers get.</summary>
public static class ExecutionErrors
{
    /// <summary>What a refusal of the gate, or of the sizer, means to who sent the signal.</summary>
    public static TradeExecutionError Of(RiskRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Code switch
        {
            "insufficient-balance" =>
                new TradeExecutionError.InsufficientBalance(refusal.Limit, refusal.Actual),
            "leverage" => new TradeExecutionError.InsufficientLeverage(refusal.Limit, refusal.Actual),
            "cooldown" => new TradeExecutionError.Cooldown(refusal.Limit, refusal.Actual),
            "stale-data" => new TradeExecutionError.StaleData(refusal.Limit, refusal.Actual),
            "market-owned" => new TradeExecutionError.MarketOwned("the market", "another trade"),
            "malformed" => new TradeExecutionError.InvalidSignal(
                "order", $"{refusal.Limit} expected, {refusal.Actual} given"),
            RiskRefusal.UnknownOutcomeCode =>
                new TradeExecutionError.OutcomeUnknown(refusal.Actual, "a moment ago"),
            "sizing" => OfSize(refusal),
            _ when refusal.Code.StartsWith(RiskRefusal.SizePrefix, StringComparison.Ordinal) =>
                OfCut(refusal),
            _ => new TradeExecutionError.LimitExceeded(refusal.Code, refusal.Limit, refusal.Actual),
        };
    }

    /// <summary>What a venue's refusal means to who sent the signal.</summary>
    public static TradeExecutionError Of(VenueRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new TradeExecutionError.OrderRejected(refusal.Code, refusal.Message);
    }

    private static TradeExecutionError OfSize(RiskRefusal refusal) => refusal.Limit switch
    {
        SizingReason.ZeroBalance or "collateral" =>
            new TradeExecutionError.InsufficientBalance("0 or too little", refusal.Actual),
        SizingReason.Leverage => new TradeExecutionError.InsufficientLeverage("no size", refusal.Actual),
        SizingReason.Exposure =>
            new TradeExecutionError.LimitExceeded("market-exposure", "no size", refusal.Actual),
        _ => new TradeExecutionError.SizingFailed(refusal.Limit, refusal.Actual),
    };

    private static TradeExecutionError OfCut(RiskRefusal refusal) =>
        refusal.Code[RiskRefusal.SizePrefix.Length..] switch
        {
            "collateral" => new TradeExecutionError.InsufficientBalance(
                $"enough for {refusal.Limit}", $"enough for {refusal.Actual}"),
            SizingReason.Leverage => new TradeExecutionError.InsufficientLeverage(
                $"{refusal.Limit} at most", $"{refusal.Actual} asked for"),
            var limit => new TradeExecutionError.LimitExceeded(limit, refusal.Limit, refusal.Actual),
        };
}

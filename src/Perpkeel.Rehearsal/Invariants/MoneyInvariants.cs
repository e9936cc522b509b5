using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>Money is neither made nor lost: the balance is the sum of what the venue told.</summary>
internal sealed class MoneyConserved : Invariant
{
    /// <summary>The venue reckons each fill in millionths.</summary>
    private const decimal Rounding = 0.000001m;

    private decimal _sum;
    private int _roundings;

    public override string Name => "money-conserved";

    public override string Requirement => "EXE-9";

    public override string Words =>
        "the balance is deposits, sales less purchases, fees and funding, and what the venue has";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is not Fact.Reported { Report: var report }) return;
        if (report is VenueReport.Filled or VenueReport.Liquidated or VenueReport.FundingPaid) _roundings++;
        _sum += report switch
        {
            VenueReport.Deposited deposited => deposited.Amount.Value,
            VenueReport.Filled fill =>
                -(fill.Side.Sign() * fill.Price.Value * fill.Size.Value) - fill.Fee.Value,
            VenueReport.Liquidated fill =>
                -(fill.Side.Sign() * fill.Price.Value * fill.Size.Value) - fill.Fee.Value,
            VenueReport.FundingPaid paid => paid.Payment.Value,
            _ => 0m,
        };
        var balance = step.After.Balance.Value;
        audit.Demand(
            this, Math.Abs(balance - _sum) <= Rounding * _roundings,
            () => $"the balance is {balance} where the reports add up to {_sum}");
    }

    public override void OnRest(Audit audit)
    {
        // Funding is told hour by hour and settled when a position is touched: each rounds by a quantum.
        var (usdc, _, _) = audit.Seat.Venue.Books();
        var balance = audit.State.Balance;
        audit.Demand(
            this, Math.Abs((balance - usdc).Value) <= Rounding * (_roundings + 10),
            () => $"we have {balance} where the venue has {usdc}");
    }
}

/// <summary>No order is filled beyond its size.</summary>
internal sealed class FillsWithinSize : Invariant
{
    private readonly Dictionary<ClientOrderId, Size> _filled = [];

    public override string Name => "fills-within-size";

    public override string Requirement => "EXE-4";

    public override string Words => "what was filled of an order is never more than its size";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is not Fact.Reported { Report: VenueReport.Filled fill }) return;
        var filled = _filled[fill.ClientId] = _filled.GetValueOrDefault(fill.ClientId) + fill.Size;
        var wanted = audit.IntentOf(fill.ClientId)?.Size;
        audit.Demand(
            this, filled <= wanted,
            () => $"order {fill.ClientId}: {filled} of {wanted?.ToString() ?? "an unknown order"} filled");
    }
}

/// <summary>What the venue tells counts once.</summary>
internal sealed class FillsOnce : Invariant
{
    private long _last;

    public override string Name => "reports-once";

    public override string Requirement => "REC-1";

    public override string Words => "each report of the venue is taken once, in its order, without a hole";

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is not Fact.Reported { Report: var report }) return;
        var last = _last;
        audit.Demand(
            this, report.Sequence == last + 1, () => $"report {report.Sequence} after {last}");
        _last = report.Sequence;
    }
}

/// <summary>What may only reduce never increases.</summary>
internal sealed class ReduceOnlyReduces : Invariant
{
    public override string Name => "reduce-only-reduces";

    public override string Requirement => "EXE-6";

    public override string Words =>
        "only entries may do more than reduce, and a fill of what reduces makes the position smaller";

    public override void OnSend(Audit audit, OrderIntent order) => audit.Demand(
        this, order.ReduceOnly || order.Role == OrderRole.Entry,
        () => $"{order.Role} {order.ClientId} is not reduce-only");

    public override void OnFact(Audit audit, in FactStep step)
    {
        if (step.Fact is not Fact.Reported { Report: VenueReport.Filled fill }
            || audit.IntentOf(fill.ClientId) is not { ReduceOnly: true })
        {
            return;
        }

        var (before, after) = (step.Before.SizeIn(fill.Market), step.After.SizeIn(fill.Market));
        audit.Demand(
            this, after.Abs() < before.Abs() && before.Value * after.Value >= 0m,
            () => $"order {fill.ClientId} took the position in {fill.Market} from {before} to {after}");
    }
}

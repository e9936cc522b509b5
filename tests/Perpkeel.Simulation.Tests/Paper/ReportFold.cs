using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues;

namespace Perpkeel.Simulation.Tests.Paper;

/// <summary>What reports make of an account, without the chain.</summary>
internal sealed class ReportFold
{
    private readonly Dictionary<MarketId, Position> _positions = [];
    private decimal _balance;

    public ReportFold(IEnumerable<VenueReport> reports)
    {
        foreach (var report in reports)
        {
            switch (report)
            {
                case VenueReport.Deposited deposit:
                    _balance += deposit.Amount.Value;
                    break;
                case VenueReport.Filled fill:
                    Move(fill.Market, fill.Side, fill.Price, fill.Size, fill.Fee, fill.At);
                    break;
                case VenueReport.Liquidated fill:
                    Move(fill.Market, fill.Side, fill.Price, fill.Size, fill.Fee, fill.At);
                    break;
                case VenueReport.FundingPaid funding:
                    _balance += funding.Payment.Value;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Size and entry price by market.</summary>
    public IReadOnlyDictionary<MarketId, (decimal Size, decimal Entry)> Positions => _positions
        .Where(held => !held.Value.Size.IsZero)
        .ToDictionary(held => held.Key, held => (held.Value.Size.Value, held.Value.EntryPrice.Value));

    /// <summary>Balance and the worth of positions, each in whole quote quantums, toward zero.</summary>
    public decimal Equity(IEnumerable<VenuePosition> prices) => _balance + prices.Sum(price =>
        decimal.Round(
            price.OraclePrice.Value * _positions[price.Market].Size.Value, 6, MidpointRounding.ToZero));

    private void Move(
        MarketId id, Side side, Price price, Size size, Usd fee, DateTimeOffset at)
    {
        var market = VenueScenes.Synthetic.Markets.Single(each => each.Id == id);
        var value = market.FillValue(market.TicksOf(price), market.StepsOf(size)).ToUsd();
        _balance -= (value.Value * side.Sign()) + fee.Value;
        _positions[id] = Position.After(
            _positions.GetValueOrDefault(id), id, side, price, size, value, fee, at);
    }
}

using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Margin.Tiered;

namespace Perpkeel.Core.Tests.Margin.Preview;

/// <summary>
/// A plain book of fills, kept by another method than the product's: what a position cost is kept as money,
/// its entry is only a quotient at the end, and profit is what the sales brought in beyond the cost.
/// </summary>
internal sealed class FillBook(TieredAccount start)
{
    private readonly Dictionary<PositionKey, Lot> _lots = start.Positions.ToDictionary(
        pair => pair.Key,
        pair => new Lot(
            pair.Value.Size, pair.Value.Size * pair.Value.EntryPrice, pair.Value.IsolatedWallet));

    private decimal _wallet = start.CrossWallet;

    public void Fill(AccountChange.OrderFill fill)
    {
        var isIsolated = start.Settings[fill.Key.Symbol].Mode == MarginMode.Isolated;
        var leverage = start.Settings[fill.Key.Symbol].Leverage.Value;
        var signed = fill.Side == Side.Buy ? fill.Size : -fill.Size;
        var lot = _lots.GetValueOrDefault(fill.Key);
        if (fill.IsReduceOnly)
        {
            if (lot.Size * signed >= 0m) return;
            if (Math.Abs(signed) > Math.Abs(lot.Size)) signed = -lot.Size;
        }

        _wallet -= fill.Fee;
        if (lot.Size * signed < 0m)
        {
            var share = Math.Min(1m, Math.Abs(signed) / Math.Abs(lot.Size));
            var isWhole = Math.Abs(signed) >= Math.Abs(lot.Size);
            var taken = isWhole ? lot : new Lot(-signed, lot.Cost * share, lot.Wallet * share);
            _wallet += (taken.Size * fill.Price) - taken.Cost + taken.Wallet;
            signed += taken.Size;
            lot = isWhole
                ? default
                : new Lot(lot.Size - taken.Size, lot.Cost - taken.Cost, lot.Wallet - taken.Wallet);
        }

        if (signed != 0m)
        {
            var set = isIsolated ? Math.Abs(signed) * fill.Price / leverage : 0m;
            _wallet -= set;
            lot = new Lot(lot.Size + signed, lot.Cost + (signed * fill.Price), lot.Wallet + set);
        }

        _lots[fill.Key] = lot;
    }

    public TieredAccount ToAccount() => Previews.Account(
        _wallet, start.Settings.Values,
        _lots.Where(pair => pair.Value.Size != 0m).Select(pair => new HeldPosition(
            pair.Key, pair.Value.Size, pair.Value.Cost / pair.Value.Size, pair.Value.Wallet)));

    private readonly record struct Lot(decimal Size, decimal Cost, decimal Wallet);
}

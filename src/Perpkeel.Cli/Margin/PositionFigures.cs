using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>The numbers of a position as they were typed, and the checks that make them one.</summary>
internal sealed record PositionFigures
{
    private const int Places = 8;

    /// <summary>The venue's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Whether it is a long.</summary>
    public required bool IsLong { get; init; }

    /// <summary>Base units without a sign; null where the notional is given instead.</summary>
    public decimal? Size { get; init; }

    /// <summary>Notional at the entry price; null where the size is given.</summary>
    public decimal? Notional { get; init; }

    /// <summary>Entry price.</summary>
    public required decimal Entry { get; init; }

    /// <summary>Leverage.</summary>
    public required decimal Leverage { get; init; }

    /// <summary>Mark price; the entry price where it is not given.</summary>
    public decimal? Mark { get; init; }

    /// <summary>Wallet; for an isolated position the initial margin at entry where it is not given.</summary>
    public decimal? Wallet { get; init; }

    /// <summary>Whether the cross wallet backs it.</summary>
    public bool IsCross { get; init; }

    /// <summary>Maintenance margin of other cross positions.</summary>
    public decimal OtherMaintenance { get; init; }

    /// <summary>Unrealised profit of other cross positions.</summary>
    public decimal OtherPnl { get; init; }

    /// <summary>Size and entry price of the other leg in hedge mode; null without one.</summary>
    public (decimal Size, decimal Entry)? Hedge { get; init; }

    /// <summary>The position, or everything that is wrong, a line each.</summary>
    public Result<PositionRequest, IReadOnlyList<string>> Check()
    {
        var wrong = Wrong().ToList();
        if (wrong.Count > 0) return wrong;
        if (SizeOf().TryGet(out var size, out var message)
            && Check(size).TryGet(out var request, out message))
        {
            return request;
        }

        wrong.Add(message);
        return wrong;
    }

    private IEnumerable<string> Wrong()
    {
        if (Size is null == (Notional is null))
        {
            yield return "Give either a size in base units or --notional in the quote asset.";
        }

        if ((Size ?? Notional) is { } quantity and <= 0m)
        {
            yield return $"The {(Size is null ? "notional" : "size")} is {Decimals.Text(quantity)}. "
                + "Give one above zero; long or short says which way.";
        }

        if (Entry <= 0m) yield return new MarginInputError.NotPositive("entry price", Entry).Message;
        if (Leverage < 1m) yield return new MarginInputError.LeverageBelowOne(Leverage).Message;
        if (IsCross && Wallet is null)
        {
            yield return "A cross position is backed by the whole cross wallet: give its balance with "
                + "--wallet.";
        }

        if (!IsCross && (OtherMaintenance != 0m || OtherPnl != 0m || Hedge is not null))
        {
            yield return "--other-maintenance, --other-pnl and --hedge are for cross positions. Add --cross, "
                + "or leave them out: an isolated position stands alone.";
        }
    }

    private Result<PositionRequest, string> Check(decimal size)
    {
        var remarks = new List<string>();
        if (Notional is { } notional && size * Entry != notional)
        {
            remarks.Add(
                $"the size is {Decimals.Text(size)}, which is {Decimals.Text(notional)} / "
                + $"{Decimals.Text(Entry)} rounded down to {Places} places");
        }

        if (Beyond(size) is { } beyond) return beyond;
        var wallet = Wallet ?? decimal.Round(size * Entry / Leverage, Places, MidpointRounding.ToZero);
        var collateral = IsCross
            ? MarginCollateral.Cross(wallet, OtherMaintenance, OtherPnl)
            : MarginCollateral.Isolated(wallet);
        var mark = Mark ?? Entry;
        if (!MarginPosition.Create(IsLong ? size : -size, Entry, mark, Leverage, collateral)
            .TryGet(out var position, out var error))
        {
            return error.Message;
        }

        HedgePosition? hedge = null;
        if (Hedge is { } other)
        {
            if (!Pair(size, other, mark, collateral).TryGet(out var pair, out error)) return error.Message;
            hedge = pair;
        }

        return new PositionRequest
        {
            Symbol = Symbol,
            Position = position,
            Hedge = hedge,
            IsWalletImplied = Wallet is null,
            IsMarkImplied = Mark is null,
            Remarks = remarks,
        };
    }

    private Result<HedgePosition, MarginInputError> Pair(
        decimal size, (decimal Size, decimal Entry) other, decimal mark, in MarginCollateral collateral) =>
        IsLong
            ? HedgePosition.Create(size, Entry, other.Size, other.Entry, mark, collateral)
            : HedgePosition.Create(other.Size, other.Entry, size, Entry, mark, collateral);

    private Result<decimal, string> SizeOf()
    {
        if (Size is { } given) return given;
        var notional = Notional!.Value;
        if (notional > MarginPosition.MostMoney)
        {
            return new MarginInputError.BeyondRange("notional", notional, MarginPosition.MostMoney).Message;
        }

        var tooLarge = Entry < 1m && notional > MarginPosition.MostSize * Entry;
        if (tooLarge) return "The notional is too large for so low an entry price. Give a smaller one.";
        var size = decimal.Round(notional / Entry, Places, MidpointRounding.ToZero);
        return size > 0m
            ? size
            : $"The notional {Decimals.Text(notional)} is less than 0.00000001 base units at this entry "
                + "price. Give a larger one.";
    }

    /// <summary>Whether size or entry are too large to be multiplied below; the message says which.</summary>
    private string? Beyond(decimal size) =>
        size > MarginPosition.MostSize
            ? new MarginInputError.BeyondRange("size", size, MarginPosition.MostSize).Message
            : Entry > MarginPosition.MostPrice
                ? new MarginInputError.BeyondRange("entry price", Entry, MarginPosition.MostPrice).Message
                : null;
}

using System.Globalization;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>An account and its changes, read from lines and ready to be reckoned.</summary>
internal sealed record PreviewRequest
{
    private PreviewRequest()
    {
    }

    /// <summary>The account.</summary>
    public required TieredAccount Account { get; init; }

    /// <summary>The changes in their order.</summary>
    public required IReadOnlyList<AccountChange> Changes { get; init; }

    /// <summary>Reads the lines; everything that is wrong with them at once.</summary>
    public static Result<PreviewRequest, UserError> Of(AccountLines lines, TierBook book)
    {
        var wrong = new List<string>();
        var wallet = Amount(lines.Wallet, "wallet", wrong);
        if (lines.Wallet is null)
        {
            wrong.Add(
                "The balance of the cross wallet is missing. Give it with --wallet, 0 if there is none.");
        }

        var openOrders = Amount(lines.OpenOrders, "open orders", wrong);
        var positions = new List<PositionText>();
        foreach (var line in lines.Positions)
        {
            if (PositionText.Read(line.Place, line.Text).TryGet(out var position, out var bad))
            {
                positions.Add(position);
            }
            else
            {
                wrong.Add(bad);
            }
        }

        var changes = new List<ChangeText>();
        foreach (var line in lines.Changes)
        {
            if (ChangeText.Read(line).TryGet(out var change, out var bad)) changes.Add(change);
            else wrong.Add(bad);
        }

        if (changes.Count + positions.Count == 0 && wrong.Count == 0)
        {
            wrong.Add("There is nothing to preview. Give positions with --position and changes with --then.");
        }

        if (wrong.Count > 0) return new UserError(wrong);
        return new PreviewAccount(book, positions, changes).Build(wallet, openOrders)
            .TryGet(out var built, out var error)
            ? new PreviewRequest { Account = built.Account, Changes = built.Changes }
            : error;
    }

    private static decimal Amount(AccountLine? line, string name, List<string> wrong)
    {
        if (line is not { } given) return 0m;
        if (Amounts.Read(name, given.Text.Trim()).TryGet(out var value, out var message)) return value;
        wrong.Add($"{given.Place}: {message}");
        return 0m;
    }
}

/// <summary>Puts an account together from its positions and the orders that open others.</summary>
internal sealed class PreviewAccount(
    TierBook book, IReadOnlyList<PositionText> positions, IReadOnlyList<ChangeText> changes)
{
    private readonly Dictionary<string, ContractSetting> _settings = new(StringComparer.Ordinal);
    private readonly List<HeldPosition> _held = [];
    private readonly List<string> _wrong = [];
    private string? _asset;

    /// <summary>Positions of one symbol both ways, or an order for a leg, are those of hedge mode.</summary>
    private bool IsHedged =>
        positions.GroupBy(position => position.Figures.Symbol, StringComparer.Ordinal)
            .Any(symbol => symbol.Select(position => position.Figures.IsLong).Distinct().Count() > 1)
        || changes.Any(change => change is ChangeText.Order { IsLongLeg: not null }
            or ChangeText.Transfer { IsLongLeg: not null });

    /// <summary>The account and its changes, or everything that is wrong.</summary>
    public Result<(TieredAccount Account, IReadOnlyList<AccountChange> Changes), UserError> Build(
        decimal wallet, decimal openOrders)
    {
        var isHedged = IsHedged;
        foreach (var position in positions) Add(position, isHedged);
        var resolved = new List<AccountChange>();
        foreach (var change in changes)
        {
            if (Resolve(change, isHedged) is { } one) resolved.Add(one);
        }

        if (_wrong.Count > 0) return new UserError(_wrong);
        return TieredAccount.Create(_asset ?? "USDT", wallet, _settings.Values, _held, openOrders)
            .TryGet(out var account, out var fault)
            ? (account, resolved)
            : UserError.Of(fault.Message);
    }

    private void Add(PositionText text, bool isHedged)
    {
        var isIsolated = text.IsIsolated ?? false;
        var figures = text.Figures with
        {
            IsCross = !isIsolated,
            Wallet = text.Figures.Wallet ?? (isIsolated ? null : 0m),
        };
        if (!figures.Check().TryGet(out var request, out var wrong))
        {
            _wrong.AddRange(wrong.Select(line => $"{figures.Symbol}: {line}"));
            return;
        }

        var position = request.Position;
        var setting = new ContractSetting(
            figures.Symbol, position.MarkPrice, position.Leverage, position.Collateral.Mode);
        if (!Take(figures.Symbol)) return;
        if (!_settings.TryAdd(figures.Symbol, setting) && _settings[figures.Symbol] != setting)
        {
            _wrong.Add($"{figures.Symbol}: mark price, leverage and mode hold for both of its positions. "
                + "Give both the same.");
        }

        var key = !isHedged ? PositionKey.NetOf(figures.Symbol)
            : figures.IsLong ? PositionKey.LongOf(figures.Symbol) : PositionKey.ShortOf(figures.Symbol);
        _held.Add(new HeldPosition(
            key, position.Size, position.EntryPrice, isIsolated ? position.Collateral.Wallet : 0m));
    }

    private AccountChange? Resolve(ChangeText change, bool isHedged)
    {
        switch (change)
        {
            case ChangeText.Order order:
                return Open(order) ? order.For(isHedged) : null;
            case ChangeText.Transfer transfer:
                return new AccountChange.IsolatedTransfer(KeyOf(transfer, isHedged), transfer.Amount);
            case ChangeText.Tiers tiers:
                if (TierChoice.Open(tiers.File).TryGet(out var other, out var error))
                {
                    return new AccountChange.TierChange(other);
                }

                _wrong.AddRange(error.Lines);
                return null;
            case ChangeText.Plain plain:
                return plain.Symbol is null || Take(plain.Symbol) ? plain.Change : null;
            default:
                return null;
        }
    }

    /// <summary>
    /// An order's symbol has a mark price, a leverage and a mode, or gets them by the order.
    /// </summary>
    private bool Open(ChangeText.Order order)
    {
        if (!Take(order.Symbol)) return false;
        if (_settings.TryGetValue(order.Symbol, out var known))
        {
            if (order.Leverage is not { } other || other == known.Leverage.Value) return true;
            _wrong.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{order.Symbol} is at {known.Leverage}. Choose another leverage by a change of its own "
                + $"before: leverage {order.Symbol} {order.Leverage}x."));
            return false;
        }

        if (order.Leverage is not { } leverage)
        {
            _wrong.Add($"{order.Symbol}: nothing is held in it, so the order has to say the leverage: buy 2 "
                + $"{order.Symbol} @ {Decimals.Text(order.Price)} 10x.");
            return false;
        }

        if (leverage < 1m)
        {
            _wrong.Add($"{order.Symbol}: {new MarginInputError.LeverageBelowOne(leverage).Message}");
            return false;
        }

        _settings.Add(
            order.Symbol,
            new ContractSetting(order.Symbol, order.Price, new Leverage(leverage), MarginMode.Cross));
        return true;
    }

    private PositionKey KeyOf(ChangeText.Transfer transfer, bool isHedged)
    {
        if (!isHedged) return PositionKey.NetOf(transfer.Symbol);
        var isLong = transfer.IsLongLeg ?? _held.Exists(
            held => held.Key == PositionKey.LongOf(transfer.Symbol));
        return isLong ? PositionKey.LongOf(transfer.Symbol) : PositionKey.ShortOf(transfer.Symbol);
    }

    /// <summary>Whether a symbol has tiers, and is in the asset of all others.</summary>
    private bool Take(string symbol)
    {
        if (!TierChoice.Find(book, symbol).TryGet(out var found, out var error))
        {
            if (!_wrong.Contains(error.Lines[0], StringComparer.Ordinal)) _wrong.AddRange(error.Lines);
            return false;
        }

        var asset = QuoteAsset.Of(found);
        _asset ??= asset;
        if (_asset.Equals(asset, StringComparison.Ordinal)) return true;
        _wrong.Add($"{symbol} is in {asset} and others are in {_asset}. An account has one asset: preview "
            + "them apart.");
        return false;
    }
}

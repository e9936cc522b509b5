using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Preview;

/// <summary>Accounts and changes in short, for tests.</summary>
internal static class Previews
{
    public const string Btc = "BTCUSDT";
    public const string Eth = "ETHUSDT";

    public static TierBook Book { get; } = new([ClassicTiers.Btc, ClassicTiers.Eth, ClassicTiers.Alt]);

    public static PositionKey BtcNet { get; } = PositionKey.NetOf(Btc);

    public static PositionKey EthNet { get; } = PositionKey.NetOf(Eth);

    public static ContractSetting Setting(
        string symbol, decimal mark, decimal leverage, MarginMode mode = MarginMode.Cross) =>
        new(symbol, mark, new Leverage(leverage), mode);

    public static TieredAccount Account(
        decimal wallet, IEnumerable<ContractSetting> settings, params IEnumerable<HeldPosition> positions) =>
        TieredAccount.Create("USDT", wallet, settings, positions).TryGet(out var account, out var fault)
            ? account
            : throw new InvalidOperationException(fault.Message);

    /// <summary>A cross account with BTC at 50,000 and 20x, and some of it.</summary>
    public static TieredAccount BtcAccount(
        decimal wallet, decimal size, decimal leverage = 20m, MarginMode mode = MarginMode.Cross) =>
        Account(
            wallet, [Setting(Btc, 50_000m, leverage, mode)],
            size == 0m
                ? []
                : [new HeldPosition(BtcNet, size, 50_000m,
                    mode == MarginMode.Isolated ? Math.Abs(size) * 50_000m / leverage : 0m)]);

    public static AccountMargin Margin(TieredAccount account, TierBook? book = null)
    {
        Assert.True(
            AccountEvaluation.Of(account, book ?? Book).TryGet(out var margin, out var fault),
            fault?.Message);
        return margin;
    }

    public static MarginPreview Of(TieredAccount account, params IReadOnlyList<AccountChange> changes)
    {
        Assert.True(
            MarginPreview.Apply(account, Book, changes).TryGet(out var preview, out var fault),
            fault?.Fault.Message);
        return preview;
    }

    public static PreviewFault Fault(TieredAccount account, params IReadOnlyList<AccountChange> changes)
    {
        Assert.False(MarginPreview.Apply(account, Book, changes).TryGet(out _, out var fault));
        return fault;
    }

    public static AccountChange.OrderFill Buy(decimal size, decimal price, PositionKey? key = null) =>
        new(key ?? BtcNet, Side.Buy, size, price);

    public static AccountChange.OrderFill Sell(decimal size, decimal price, PositionKey? key = null) =>
        new(key ?? BtcNet, Side.Sell, size, price);

    /// <summary>The only refusal, of the expected kind.</summary>
    public static T Refused<T>(MarginPreview preview)
        where T : ChangeRefusal =>
        Assert.IsType<T>(Assert.Single(preview.Refusals).Refusal);

    public static MarginConstraint Constraint(MarginPreview preview, ConstraintKind kind, int change = 1) =>
        Assert.Single(
            preview.Constraints, constraint => constraint.Kind == kind && constraint.Change == change);
}

using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Perpkeel.Venues.Dydx.Indexer.Rest;

namespace Perpkeel.Venues.Dydx.Indexer.Accounts;

/// <summary>An account after one more telling, and what of it is news. Functions only.</summary>
internal static class AccountFold
{
    /// <summary>Ended orders, fills, transfers and payments that are kept in mind, each.</summary>
    public const int MostKept = 10_000;

    /// <summary>A whole picture. What is held is replaced; orders and fills of before are kept.</summary>
    public static AccountState Picture(AccountState state, AccountPicture picture, List<AccountChange> news)
    {
        var held = ImmutableSortedDictionary.CreateBuilder<uint, HeldState>();
        var foreign = 0L;
        foreach (var one in picture.Subaccounts)
        {
            if (!state.Account.Holds(one.SubaccountNumber)) foreign++;
            else held[one.SubaccountNumber] = Held(one);
        }

        var open = picture.Orders.Select(order => order.Id).ToHashSet(StringComparer.Ordinal);
        state = WithHeight(state, picture.Height) with
        {
            IsComplete = true,
            Held = held.ToImmutable(),
            Foreign = state.Foreign + foreign,

            // What the picture does not have any more has ended while nobody listened; how, REST tells.
            Orders = state.Orders.RemoveRange(
                state.OpenOrders.Where(order => !open.Contains(order.Id)).Select(order => order.Id)),
        };
        foreach (var order in picture.Orders) state = Order(state, order, []);
        news.Add(new AccountChange.Pictured(state));
        return state;
    }

    /// <summary>A change from the stream.</summary>
    public static AccountState Update(AccountState state, AccountUpdate update, List<AccountChange> news)
    {
        state = WithHeight(state, update.Height);
        foreach (var order in update.Orders) state = Order(state, order, news);
        foreach (var fill in update.Fills)
        {
            state = Fill(
                state, fill with { SubaccountNumber = fill.SubaccountNumber ?? Number(state, update) }, news);
        }

        foreach (var position in update.Positions) state = Position(state, update, position, news);
        foreach (var asset in update.Assets) state = Asset(state, update, asset, news);
        foreach (var transfer in update.Transfers) state = Transfer(state, transfer, news);
        if (update.Reward is { } reward) news.Add(new AccountChange.Rewarded(reward));
        return state;
    }

    /// <summary>An order, from the stream or REST.</summary>
    public static AccountState Order(AccountState state, IndexerOrder told, List<AccountChange> news)
    {
        var known = state.Orders.GetValueOrDefault(told.Id);
        var merged = known is null ? told : OrderMerge.Merge(known, told);
        if (merged == known) return state;
        news.Add(new AccountChange.Ordered(merged, OrderMerge.IsOver(merged, state.HighestHeight)));
        return state with { Orders = Kept(state, state.Orders.SetItem(told.Id, merged)) };
    }

    /// <summary>A fill, from the stream or REST; a fee that was missing is news of its own.</summary>
    public static AccountState Fill(AccountState state, IndexerFill told, List<AccountChange> news)
    {
        var known = state.Fills.GetValueOrDefault(told.Id);
        if (known is null) news.Add(new AccountChange.Filled(told));
        else if (known.Fee is null && told.Fee is not null) news.Add(new AccountChange.FeeTold(told));
        else return state;
        return state with
        {
            Fills = Kept(state.Fills.SetItem(told.Id, told), fill => fill.CreatedAt),
        };
    }

    /// <summary>A transfer, from the stream or REST.</summary>
    public static AccountState Transfer(AccountState state, IndexerTransfer told, List<AccountChange> news)
    {
        var key = AccountReads.Key(told);
        if (state.Transfers.ContainsKey(key)) return state;
        news.Add(new AccountChange.Transferred(told));
        return state with
        {
            Transfers = Kept(state.Transfers.SetItem(key, told), transfer => transfer.CreatedAt),
        };
    }

    /// <summary>A funding payment, which REST alone tells.</summary>
    public static AccountState Funding(AccountState state, FundingPayment told, List<AccountChange> news)
    {
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{told.SubaccountNumber}/{told.Ticker}/{told.CreatedAtHeight}/{told.FundingIndex}");
        if (state.Funding.ContainsKey(key)) return state;
        news.Add(new AccountChange.FundingPaid(told));
        return state with { Funding = Kept(state.Funding.SetItem(key, told), paid => paid.CreatedAt) };
    }

    /// <summary>A block: orders of which it was the last one are over.</summary>
    public static AccountState Block(AccountState state, uint height, List<AccountChange> news)
    {
        if (height <= state.HighestHeight) return state;
        var open = state.OpenOrders.ToList();
        state = state with { HighestHeight = height };
        foreach (var order in open)
        {
            if (!OrderMerge.IsOver(order, height)) continue;
            news.Add(new AccountChange.Ordered(order, IsOver: true));
        }

        return state;
    }

    private static AccountState WithHeight(AccountState state, uint? height) => height is { } told
        ? state with { Height = told, HighestHeight = Math.Max(told, state.HighestHeight) }
        : state;

    private static uint Number(AccountState state, AccountUpdate update) =>
        update.Subaccount ?? state.Account.Number;

    private static HeldState Held(IndexerSubaccount one) => new()
    {
        Positions = one.OpenPositions.Where(IsThere).ToImmutableSortedDictionary(
            position => position.Market, position => position, StringComparer.Ordinal),
        Assets = one.Assets.ToImmutableSortedDictionary(
            asset => asset.Symbol, asset => asset, StringComparer.Ordinal),
    };

    private static bool IsThere(IndexerPosition position) =>
        position.Size != 0m
        && position.Status.Known is not (PositionStatus.Closed or PositionStatus.Liquidated);

    private static AccountState Position(
        AccountState state, AccountUpdate update, IndexerPosition told, List<AccountChange> news)
    {
        var number = told.SubaccountNumber ?? Number(state, update);
        if (!state.Account.Holds(number)) return state with { Foreign = state.Foreign + 1 };
        var held = state.Held.GetValueOrDefault(number) ?? new HeldState();
        var after = held with
        {
            Positions = IsThere(told)
                ? held.Positions.SetItem(told.Market, told)
                : held.Positions.Remove(told.Market),
        };
        news.Add(new AccountChange.Positioned(number, IsThere(told) ? told : told with { Size = 0m }));
        return state with { Held = state.Held.SetItem(number, after) };
    }

    private static AccountState Asset(
        AccountState state, AccountUpdate update, IndexerAsset told, List<AccountChange> news)
    {
        var number = told.SubaccountNumber ?? Number(state, update);
        if (!state.Account.Holds(number)) return state with { Foreign = state.Foreign + 1 };
        var held = state.Held.GetValueOrDefault(number) ?? new HeldState();
        news.Add(new AccountChange.Funded(number, told));
        return state with
        {
            Held = state.Held.SetItem(number, held with { Assets = held.Assets.SetItem(told.Symbol, told) }),
        };
    }

    /// <summary>Of orders that are over, the oldest go.</summary>
    private static ImmutableDictionary<string, IndexerOrder> Kept(
        AccountState state, ImmutableDictionary<string, IndexerOrder> orders) =>
        orders.Count <= MostKept
            ? orders
            : orders.RemoveRange(orders.Values.Where(order => OrderMerge.IsOver(order, state.HighestHeight))
                .OrderBy(order => order.UpdatedAtHeight ?? order.GoodTilBlock ?? 0U)
                .Take(orders.Count / 10).Select(order => order.Id).ToList());

    private static ImmutableDictionary<string, T> Kept<T>(
        ImmutableDictionary<string, T> all, Func<T, DateTimeOffset> at) =>
        all.Count <= MostKept
            ? all
            : all.RemoveRange(
                all.OrderBy(one => at(one.Value)).Take(all.Count / 10).Select(one => one.Key).ToList());
}

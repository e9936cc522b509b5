using System.Collections.Immutable;
using System.Globalization;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>
/// What the Indexer tells of accounts. Of an address that was never used it answers that it is not found:
/// that is an empty account and no fault.
/// </summary>
public sealed class AccountReads
{
    private readonly IndexerCaller _caller;

    internal AccountReads(IndexerCaller caller) => _caller = caller;

    /// <summary>All subaccounts of an address.</summary>
    public Task<Result<IndexerAddress, IndexerError>> AddressAsync(
        DydxAddress address, CancellationToken cancellation) =>
        _caller.AskAsync(new Question($"/addresses/{address.Text}"), IndexerAddress.Read, cancellation);

    /// <summary>One subaccount.</summary>
    public Task<Result<IndexerSubaccount, IndexerError>> SubaccountAsync(
        DydxAddress address, uint number, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question(FormattableString.Invariant($"/addresses/{address.Text}/subaccountNumber/{number}")),
            f => IndexerSubaccount.Read(f.Object("subaccount")), cancellation);

    /// <summary>A parent with its children.</summary>
    public Task<Result<IndexerParent, IndexerError>> ParentAsync(
        DydxAddress address, uint number, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question(
                FormattableString.Invariant($"/addresses/{address.Text}/parentSubaccountNumber/{number}")),
            f => IndexerParent.Read(f.Object("subaccount")), cancellation);

    /// <summary>Positions, newest first.</summary>
    public Task<Result<ImmutableArray<IndexerPosition>, IndexerError>> PositionsAsync(
        IndexerAccount account, IReadOnlyCollection<PositionStatus> statuses, int? limit,
        CancellationToken cancellation) =>
        _caller.AskAsync(
            Of("/perpetualPositions", account).With("status", statuses).Limit(limit),
            f => f.List("positions", IndexerPosition.Read), cancellation);

    /// <summary>Assets; USDC includes funding that is not settled yet.</summary>
    public Task<Result<ImmutableArray<IndexerAsset>, IndexerError>> AssetsAsync(
        IndexerAccount account, CancellationToken cancellation) =>
        _caller.AskAsync(
            Of("/assetPositions", account), f => f.List("positions", IndexerAsset.Read), cancellation);

    /// <summary>Orders as they stand, or as they ended.</summary>
    public Task<Result<ImmutableArray<IndexerOrder>, IndexerError>> OrdersAsync(
        IndexerAccount account, OrdersQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _caller.AskAsync(
            Of("/orders", account, LimitBucket.Orders).Limit(query.Limit).With("ticker", query.Ticker)
                .With("side", query.Side).With("type", query.Type).With("status", query.Statuses)
                .With("goodTilBlockBeforeOrAt", query.GoodTilBlockBeforeOrAt)
                .With("goodTilBlockAfter", query.GoodTilBlockAfter)
                .With("goodTilBlockTimeBeforeOrAt", query.GoodTilBlockTimeBeforeOrAt)
                .With("goodTilBlockTimeAfter", query.GoodTilBlockTimeAfter)
                .With("returnLatestOrders", query.ReturnLatestOrders),
            f => f.Each(IndexerOrder.Read), cancellation);
    }

    /// <summary>One order, by the id that is a function of what it is.</summary>
    public Task<Result<IndexerOrder, IndexerError>> OrderAsync(Guid id, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question($"/orders/{id:D}", LimitBucket.Orders), IndexerOrder.Read, cancellation);

    /// <summary>Fills, newest first.</summary>
    public Task<Result<ImmutableArray<IndexerFill>, IndexerError>> FillsAsync(
        IndexerAccount account, HistoryQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        FillMarketType? kind = query.Ticker is null ? null : FillMarketType.Perpetual;
        return _caller.AskAsync(
            Back(Of("/fills", account, LimitBucket.Fills), query).With("market", query.Ticker)
                .With("marketType", kind),
            f => f.List("fills", IndexerFill.Read), cancellation);
    }

    /// <summary>All fills, newest first, page by page; an error is told and ends them.</summary>
    public IAsyncEnumerable<Result<IndexerFill, IndexerError>> AllFillsAsync(
        IndexerAccount account, CancellationToken cancellation) =>
        Pages.BackAsync(
            before => FillsAsync(account, Full(before), cancellation), fill => fill.Id,
            fill => fill.CreatedAt, Question.MostRows, "/fills", cancellation);

    /// <summary>Transfers, newest first.</summary>
    public Task<Result<ImmutableArray<IndexerTransfer>, IndexerError>> TransfersAsync(
        IndexerAccount account, HistoryQuery query, CancellationToken cancellation) =>
        _caller.AskAsync(
            Back(Of("/transfers", account), query), f => f.List("transfers", IndexerTransfer.Read),
            cancellation);

    /// <summary>All transfers, newest first, page by page.</summary>
    public IAsyncEnumerable<Result<IndexerTransfer, IndexerError>> AllTransfersAsync(
        IndexerAccount account, CancellationToken cancellation) =>
        Pages.BackAsync(
            before => TransfersAsync(account, Full(before), cancellation), Key,
            transfer => transfer.CreatedAt, Question.MostRows, "/transfers", cancellation);

    /// <summary>Transfers between two subaccounts.</summary>
    public Task<Result<TransfersBetween, IndexerError>> TransfersBetweenAsync(
        IndexerAccount sender, IndexerAccount recipient, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question("/transfers/between").With("sourceAddress", sender.Address.Text)
                .With("sourceSubaccountNumber", sender.Number)
                .With("recipientAddress", recipient.Address.Text)
                .With("recipientSubaccountNumber", recipient.Number),
            TransfersBetween.Read, cancellation);

    /// <summary>Profit and loss by the hour, the older series.</summary>
    public Task<Result<ImmutableArray<PnlTick>, IndexerError>> HistoricalPnlAsync(
        IndexerAccount account, HistoryQuery query, CancellationToken cancellation) =>
        _caller.AskAsync(
            Back(Of("/historical-pnl", account, LimitBucket.HistoricalPnl), query),
            f => f.List("historicalPnl", PnlTick.Read), cancellation);

    /// <summary>Profit and loss by the hour or the day, the newer series.</summary>
    public Task<Result<ImmutableArray<PnlTick>, IndexerError>> PnlAsync(
        IndexerAccount account, bool isDaily, HistoryQuery query, CancellationToken cancellation) =>
        _caller.AskAsync(
            Back(Of("/pnl", account, LimitBucket.Pnl), query).With("daily", isDaily),
            f => f.List("pnl", PnlTick.Read), cancellation);

    /// <summary>Funding paid and received, newest first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="ticker">Of one market; null for all.</param>
    /// <param name="since">Not before this; null for all.</param>
    /// <param name="limit">Rows of a page; null for a thousand.</param>
    /// <param name="page">From 1; null for the first.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Result<ImmutableArray<FundingPayment>, IndexerError>> FundingPaymentsAsync(
        IndexerAccount account, string? ticker, DateTimeOffset? since, int? limit, int? page,
        CancellationToken cancellation)
    {
        // This one route is spelt without the last word.
        var path = account.IsParent ? "/fundingPayments/parentSubaccount" : "/fundingPayments";
        return _caller.AskAsync(
            Named(new Question(path, LimitBucket.Funding), account).With("ticker", ticker)
                .With("afterOrAt", since).Limit(limit).With("page", page),
            f => f.List("fundingPayments", FundingPayment.Read), cancellation);
    }

    /// <summary>What trades did to positions; deployments may not have it.</summary>
    public Task<Result<ImmutableArray<TradeHistoryEntry>, IndexerError>> TradeHistoryAsync(
        IndexerAccount account, string? ticker, int? limit, CancellationToken cancellation)
    {
        FillMarketType? kind = ticker is null ? null : FillMarketType.Perpetual;
        return _caller.AskAsync(
            Of("/tradeHistory", account).With("market", ticker).With("marketType", kind).Limit(limit),
            f => f.List("tradeHistory", TradeHistoryEntry.Read), cancellation);
    }

    /// <summary>Rewards by block.</summary>
    public Task<Result<ImmutableArray<TradingReward>, IndexerError>> RewardsAsync(
        DydxAddress address, int? limit, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question($"/historicalBlockTradingRewards/{address.Text}").Limit(limit),
            f => f.List("rewards", TradingReward.Read), cancellation);

    /// <summary>Rewards by day, week or month.</summary>
    public Task<Result<ImmutableArray<RewardSum>, IndexerError>> RewardSumsAsync(
        DydxAddress address, RewardPeriod period, int? limit, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question($"/historicalTradingRewardAggregations/{address.Text}")
                .With("period", (RewardPeriod?)period).Limit(limit),
            f => f.List("rewards", RewardSum.Read), cancellation);

    /// <summary>What an address may do.</summary>
    public Task<Result<ComplianceState, IndexerError>> ComplianceAsync(
        DydxAddress address, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question($"/compliance/screen/{address.Text}", LimitBucket.Screen), ComplianceState.Read,
            cancellation);

    /// <summary>The older question for the same.</summary>
    public Task<Result<ScreenResult, IndexerError>> ScreenAsync(
        DydxAddress address, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question("/screen", LimitBucket.Screen).With("address", address.Text), ScreenResult.Read,
            cancellation);

    /// <summary>What tells transfers apart; the stream gives them no id.</summary>
    internal static string Key(IndexerTransfer transfer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{transfer.TransactionHash}/{transfer.Sender}/{transfer.Recipient}/{transfer.Size}/{transfer.Type}");

    private static Question Of(
        string path, IndexerAccount account, LimitBucket bucket = LimitBucket.General) =>
        Named(new Question(account.IsParent ? $"{path}/parentSubaccountNumber" : path, bucket), account);

    private static Question Named(Question question, IndexerAccount account) =>
        question.With("address", account.Address.Text).With(
            account.IsParent ? "parentSubaccountNumber" : "subaccountNumber", account.Number);

    private static Question Back(Question question, HistoryQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Page is < 1) question.Refuse("page", "pages count from 1");
        return question.Limit(query.Limit).With("createdBeforeOrAt", query.Before)
            .With("createdBeforeOrAtHeight", query.BeforeHeight).With("page", query.Page);
    }

    private static HistoryQuery Full(DateTimeOffset? before) =>
        new() { Limit = Question.MostRows, Before = before };
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Perpkeel.Venues.Dydx.Indexer.Reading;
using Perpkeel.Venues.Dydx.Indexer.Records;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>A market as the stream tells it, and when its oracle price was heard.</summary>
/// <param name="Facts">What is known of it.</param>
/// <param name="OracleAt">When the oracle price was heard; null where it is the picture's.</param>
/// <param name="OracleHeight">Its block, where it was told.</param>
public sealed record MarketNow(IndexerMarket Facts, DateTimeOffset? OracleAt, uint? OracleHeight);

/// <summary>
/// All markets. What is told is in <see cref="Markets"/> at once; readers are told which market has changed,
/// and of these notes the oldest is dropped where nobody takes them. A market that is new makes the picture
/// be asked for once more.
/// </summary>
public sealed class MarketsSubscription : StreamSubscription
{
    private const int MostWaiting = 4_096;

    private readonly HashSet<string> _strangers = new(StringComparer.Ordinal);

    private readonly Channel<string> _changes = System.Threading.Channels.Channel.CreateBounded<string>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    private string? _stranger;

    /// <summary>Makes one; nothing is asked yet.</summary>
    public MarketsSubscription(bool isBatched)
        : base(IndexerChannel.Markets, string.Empty, isBatched)
    {
    }

    /// <summary>All markets by ticker.</summary>
    public ImmutableDictionary<string, MarketNow> Markets { get; private set; } =
        ImmutableDictionary.Create<string, MarketNow>(StringComparer.Ordinal);

    /// <summary>Tickers of markets that have changed; full at 4,096, the oldest is dropped.</summary>
    public ChannelReader<string> Changes => _changes.Reader;

    internal override StreamFault? Slow => _stranger is { } ticker
        ? new StreamFault.Mismatch($"market {Rest.IndexerCaller.Plain(ticker)} is not in the picture")
        : null;

    internal override FieldFault? Snapshot(ref Utf8JsonReader contents, in Stamp stamp)
    {
        var fault = Read(
            ref contents, f => f.Map("markets", (_, one) => IndexerMarket.Read(one)), out var markets);
        if (fault is not null) return fault;
        _stranger = null;
        Markets = markets.ToImmutableDictionary(
            market => market.Ticker, market => new MarketNow(market, null, null), StringComparer.Ordinal);
        foreach (var ticker in Markets.Keys.Order(StringComparer.Ordinal)) _changes.Writer.TryWrite(ticker);
        return null;
    }

    internal override FieldFault? Update(ref Utf8JsonReader contents, in Stamp stamp)
    {
        // Changes go in while they are read: after a fault there is a fresh picture anyway.
        var at = stamp.At;
        return Read(
            ref contents,
            f => f.MapOr("trading", Traded).Length
                + f.MapOr("oraclePrices", (ticker, one) => Priced(ticker, one, at)).Length,
            out _);
    }

    private bool Traded(string ticker, Fields f)
    {
        if (Markets.GetValueOrDefault(ticker) is { } known)
        {
            return Put(ticker, known with { Facts = Patched(known.Facts, f) });
        }

        return f.Has("ticker") && f.Has("atomicResolution") && f.Has("subticksPerTick")
            ? Put(ticker, new MarketNow(IndexerMarket.Read(f), null, null))
            : Unknown(ticker);
    }

    private bool Priced(string ticker, Fields f, DateTimeOffset at)
    {
        if (Markets.GetValueOrDefault(ticker) is not { } known) return Unknown(ticker);
        var price = f.NotNegativeOr("oraclePrice") ?? f.NotNegativeOr("price");
        var facts = known.Facts with { OraclePrice = price ?? known.Facts.OraclePrice };
        return Put(ticker, new MarketNow(facts, at, f.UIntOr("effectiveAtHeight")));
    }

    private bool Put(string ticker, MarketNow market)
    {
        Markets = Markets.SetItem(ticker, market);
        _changes.Writer.TryWrite(ticker);
        return true;
    }

    /// <summary>A market that is not in the picture: the picture is asked for again, once for each.</summary>
    private bool Unknown(string ticker)
    {
        if (_strangers.Count < MostWaiting && _strangers.Add(ticker)) _stranger = ticker;
        return false;
    }

    private static IndexerMarket Patched(IndexerMarket before, Fields f) => before with
    {
        Status = f.NamedOr<IndexerMarketStatus>("status") ?? before.Status,
        PriceChange24H = f.DecimalOr("priceChange24H") ?? before.PriceChange24H,
        Volume24H = f.DecimalOr("volume24H") ?? before.Volume24H,
        Trades24H = f.IntOr("trades24H") ?? before.Trades24H,
        NextFundingRate = f.DecimalOr("nextFundingRate") ?? before.NextFundingRate,
        InitialMarginFraction = f.DecimalOr("initialMarginFraction") ?? before.InitialMarginFraction,
        MaintenanceMarginFraction =
            f.DecimalOr("maintenanceMarginFraction") ?? before.MaintenanceMarginFraction,
        OpenInterest = f.DecimalOr("openInterest") ?? before.OpenInterest,
        BaseOpenInterest = f.DecimalOr("baseOpenInterest") ?? before.BaseOpenInterest,
        QuantumConversionExponent = f.IntOr("quantumConversionExponent") ?? before.QuantumConversionExponent,
        TickSize = f.DecimalOr("tickSize") ?? before.TickSize,
        StepSize = f.DecimalOr("stepSize") ?? before.StepSize,
        StepBaseQuantums = f.WholeOr("stepBaseQuantums") ?? before.StepBaseQuantums,
        SubticksPerTick = f.WholeOr("subticksPerTick") ?? before.SubticksPerTick,
        MarketType = f.NamedOr<IndexerMarketType>("marketType") ?? before.MarketType,
        OpenInterestLowerCap = f.DecimalOr("openInterestLowerCap") ?? before.OpenInterestLowerCap,
        OpenInterestUpperCap = f.DecimalOr("openInterestUpperCap") ?? before.OpenInterestUpperCap,
        DefaultFundingRate1H = f.DecimalOr("defaultFundingRate1H") ?? before.DefaultFundingRate1H,
    };
}

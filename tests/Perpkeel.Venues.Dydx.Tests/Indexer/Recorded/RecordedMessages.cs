using System.Text;
using System.Text.Json;
using Perpkeel.Testing;
using Perpkeel.Venues.Dydx.Indexer.Reading;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Perpkeel.Venues.Dydx.Indexer.Rest;
using Perpkeel.Venues.Dydx.Indexer.Stream;
using Perpkeel.Venues.Dydx.Orders;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Recorded;

/// <summary>Recorded messages of the venue, and the reader that each belongs to.</summary>
internal static class RecordedMessages
{
    /// <summary>Old markets had finer grids than those of today.</summary>
    private const decimal Fine = 0.000000001m;

    /// <summary>Where they lie.</summary>
    public static string Folder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("PERPKEEL_FIXTURES")
            ?? Path.Combine(RepositoryRoot.Find(), "..", "shared", "fixtures"),
        "dydx-indexer");

    /// <summary>Their names within the folder.</summary>
    public static IReadOnlyList<string> All() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)]
        : [];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>Why a message cannot be taken in; null where it can.</summary>
    public static string? Fault(byte[] message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("type", out _)
                && document.RootElement.TryGetProperty("connection_id", out _)
                ? FrameFault(message)
                : RestFault(document.RootElement);
        }
        catch (JsonException error)
        {
            return error.Message;
        }
    }

    /// <summary>
    /// A frame on its own, through all of the intake, after a picture where it is a change.
    /// </summary>
    public static string? FrameFault(ReadOnlySpan<byte> frame)
    {
        if (Envelope.Read(frame, out var envelope) is { } bad) return bad.ToString();
        if (envelope.Kind is not (FrameKind.Subscribed or FrameKind.Data or FrameKind.Batch)) return null;
        if (envelope.Channel is not { } channel) return "its channel is not known";
        var subscription = Subscription(channel, Encoding.UTF8.GetString(envelope.Id(frame)));
        var reader = new Utf8JsonReader(envelope.Contents(frame));
        if (!reader.Read()) return "contents: is missing";
        var stamp = new Stamp(envelope.MessageId, 1, VirtualTime.Start, envelope.Subaccount);
        if (envelope.Kind == FrameKind.Subscribed)
        {
            return subscription.Snapshot(ref reader, stamp)?.ToString();
        }

        if (envelope.Kind == FrameKind.Data) return subscription.Update(ref reader, stamp)?.ToString();
        if (reader.TokenType != JsonTokenType.StartArray) return "contents: is no list";
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (subscription.Update(ref reader, stamp) is { } fault) return fault.ToString();
        }

        return null;
    }

    /// <summary>A subscription to which a message of this channel and id belongs.</summary>
    public static StreamSubscription Subscription(IndexerChannel channel, string id)
    {
        var market = new Core.Instruments.MarketId(id.Split('/')[0]);
        return channel switch
        {
            IndexerChannel.OrderBook => new BookSubscription(market, Fine, Fine, isBatched: false),
            IndexerChannel.Trades => new TradesSubscription(market, Fine, Fine, isBatched: false),
            IndexerChannel.Candles =>
                new CandlesSubscription(market, CandleResolution.OneMinute, isBatched: false),
            IndexerChannel.Markets => new MarketsSubscription(isBatched: false),
            IndexerChannel.BlockHeight => new HeightSubscription(),
            _ => new AccountSubscription(Account(channel, id), isBatched: false),
        };
    }

    private static IndexerAccount Account(IndexerChannel channel, string id)
    {
        var number = uint.TryParse(id.Split('/')[^1], out var found) ? found : 0;
        return channel == IndexerChannel.ParentSubaccounts
            ? IndexerAccount.Parent(Sample.Address, number % 128).Value()
            : IndexerAccount.Of(DydxSubaccount.Of(Sample.Address, number % 128_000).Value());
    }

    private static string? RestFault(JsonElement answer)
    {
        // One of the sources wraps answers in an envelope of its own.
        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("result", out var inner))
        {
            answer = inner;
        }

        if (answer.ValueKind == JsonValueKind.Array) return Read(answer, f => f.Each(IndexerOrder.Read));
        string? Has(string name, Func<Fields, object> read) =>
            answer.TryGetProperty(name, out _) ? Read(answer, read) ?? string.Empty : null;
        var found = Has("markets", f => f.Map("markets", (_, one) => IndexerMarket.Read(one)))
            ?? Has("fills", f => f.List("fills", IndexerFill.Read))
            ?? Has("orders", f => f.List("orders", IndexerOrder.Read))
            ?? Has("trades", f => f.List("trades", PublicTrade.Read))
            ?? Has("bids", BookLines.Read)
            ?? Has("candles", f => f.List("candles", PublicCandle.Read))
            ?? Has("historicalFunding", f => f.List("historicalFunding", HistoricalFunding.Read))
            ?? Has("historicalPnl", f => f.List("historicalPnl", PnlTick.Read))
            ?? Has("transfers", f => f.List("transfers", IndexerTransfer.Read))
            ?? Has("subaccounts", IndexerAddress.Read)
            ?? Has("subaccount", f => IndexerSubaccount.Read(f.Object("subaccount")))
            ?? Has("rewards", f => f.List("rewards", Reward))
            ?? Has("height", IndexerHeight.Read)
            ?? Has("iso", IndexerTime.Read)
            ?? Has("clientId", IndexerOrder.Read)
            ?? Has("errors", f => f.List("errors", one => one.Text("msg")))
            ?? Has("positions", Positions)
            ?? Has("BTC-USD", f => f.All((ticker, one) => new Sparkline(ticker, one.Decimals())))
            ?? "no question of ours has such an answer";
        return found.Length == 0 ? null : found;
    }

    private static object Reward(Fields f) => f.Has("period") ? RewardSum.Read(f) : TradingReward.Read(f);

    private static object Positions(Fields f) => f.List<object>(
        "positions", one => one.Has("market") ? IndexerPosition.Read(one) : IndexerAsset.Read(one));

    private static string? Read(JsonElement answer, Func<Fields, object> read)
    {
        var findings = new Findings();
        read(new Fields(answer, new FieldPath(null, string.Empty), findings));
        return findings.First?.ToString();
    }
}

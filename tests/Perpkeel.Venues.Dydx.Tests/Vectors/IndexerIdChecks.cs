using System.Text.Json;
using Perpkeel.Venues.Dydx.Orders;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Vectors;

/// <summary>Ids of the Indexer.</summary>
internal static class IndexerIdChecks
{
    public static void Check(VectorCase vector)
    {
        var id = vector.Expected.GetProperty("id").GetGuid();
        if (vector.Inputs.TryGetProperty("hashedString", out var text))
        {
            Assert.Equal(id, IndexerIds.Uuid(text.GetString()!));
        }

        if (Asked(vector) is { } asked) Assert.Equal(id, asked);
    }

    /// <summary>The id from what the thing is; null for a kind that has no case of its own here.</summary>
    public static Guid? Asked(VectorCase vector)
    {
        switch (vector.Input("kind"))
        {
            case "subaccount":
                return Subaccount(vector);
            case "order":
                return IndexerIds.Order(
                    Subaccount(vector), Number(vector, "clientId"), Number(vector, "clobPairId"),
                    Number(vector, "orderFlags"));
            case "fill":
                var eventId = IndexerIds.Event(
                    Number(vector, "blockHeight"), vector.Inputs.GetProperty("transactionIndex").GetInt32(),
                    Number(vector, "eventIndex"));
                Assert.Equal(vector.Expects("eventIdHex"), eventId);
                return IndexerIds.Fill(
                    eventId, vector.Inputs.GetProperty("liquidity").ValueEquals("TAKER"));
            case "transfer":
                return IndexerIds.Transfer(
                    Id(vector, "senderSubaccountId"), Id(vector, "recipientSubaccountId"),
                    Text(vector, "senderWalletAddress"), Text(vector, "recipientWalletAddress"),
                    vector.Input("eventIdHex"),
                    uint.Parse(vector.Input("assetId"), System.Globalization.CultureInfo.InvariantCulture));
            default:
                return null;
        }
    }

    private static Guid Subaccount(VectorCase vector) => IndexerIds.Subaccount(
        OrderChecks.Address(vector.Input("address")), Number(vector, "subaccountNumber"));

    private static uint Number(VectorCase vector, string name) => vector.Inputs.GetProperty(name).GetUInt32();

    private static string? Text(VectorCase vector, string name) =>
        vector.Inputs.GetProperty(name).GetString();

    private static Guid? Id(VectorCase vector, string name) =>
        vector.Inputs.GetProperty(name) is { ValueKind: JsonValueKind.String } id ? id.GetGuid() : null;
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Orders;

/// <summary>
/// The ids that the Indexer gives to things: functions of what they are, so that they are known before the
/// Indexer tells them.
/// </summary>
/// <remarks>Source: dYdX v4-chain, <c>indexer/packages/postgres/src/stores</c>; UUIDs of version 5.</remarks>
public static class IndexerIds
{
    private const uint TwapLegFlags = 256;
    private const string Absent = "undefined";
    private const int UuidBytes = 16;

    /// <summary>0f9da948-a6fb-4c45-9edc-4685c3f3317d, highest byte first.</summary>
    private static ReadOnlySpan<byte> Space =>
        [0x0F, 0x9D, 0xA9, 0x48, 0xA6, 0xFB, 0x4C, 0x45, 0x9E, 0xDC, 0x46, 0x85, 0xC3, 0xF3, 0x31, 0x7D];

    /// <summary>A subaccount.</summary>
    public static Guid Subaccount(DydxSubaccount subaccount) =>
        Subaccount(subaccount.Owner, subaccount.Number);

    /// <summary>A subaccount of an address.</summary>
    public static Guid Subaccount(DydxAddress owner, uint number) => Uuid($"{owner.Text}-{Text(number)}");

    /// <summary>An order.</summary>
    public static Guid Order(OrderKey key) =>
        Order(Subaccount(key.Subaccount), key.ClientId, key.ClobPairId, (uint)key.Kind);

    /// <summary>An order; the legs of a TWAP are told under their parent's id.</summary>
    public static Guid Order(Guid subaccount, uint clientId, uint clobPairId, uint flags)
    {
        var kind = flags == TwapLegFlags ? (uint)DydxOrderKind.Twap : flags;
        return Uuid($"{subaccount}-{Text(clientId)}-{Text(clobPairId)}-{Text(kind)}");
    }

    /// <summary>An event, also a public trade: 24 small hexadecimal digits.</summary>
    /// <param name="blockHeight">The block.</param>
    /// <param name="transactionIndex">The transaction; -2 for the block's beginning, -1 for its end.</param>
    /// <param name="eventIndex">The event in it.</param>
    public static string Event(uint blockHeight, int transactionIndex, uint eventIndex)
    {
        Span<byte> bytes = stackalloc byte[3 * sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, blockHeight);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[sizeof(uint)..], (uint)(transactionIndex + 2));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[(2 * sizeof(uint))..], eventIndex);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>One side of a fill.</summary>
    public static Guid Fill(string eventId, bool isTaker) =>
        Uuid($"{eventId}-{(isTaker ? "TAKER" : "MAKER")}");

    /// <summary>A transfer, deposit or withdrawal; what a side does not have is null.</summary>
    public static Guid Transfer(
        Guid? senderSubaccount, Guid? recipientSubaccount, string? senderWallet, string? recipientWallet,
        string eventId, uint assetId) =>
        Uuid(
            $"{Part(senderSubaccount)}-{Part(recipientSubaccount)}-{senderWallet ?? Absent}"
            + $"-{recipientWallet ?? Absent}-{eventId}-{Text(assetId)}");

    /// <summary>A position in a perpetual, by the event that opened it.</summary>
    public static Guid PerpetualPosition(Guid subaccount, string openEventId) =>
        Uuid($"{subaccount}-{openEventId}");

    /// <summary>A subaccount's amount of an asset.</summary>
    public static Guid AssetPosition(Guid subaccount, uint assetId) => Uuid($"{subaccount}-{Text(assetId)}");

    /// <summary>The UUID of a name in the Indexer's space.</summary>
    [SuppressMessage(
        "Security", "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "UUIDs of version 5 are made with SHA-1; nothing is kept safe by it.")]
    internal static Guid Uuid(string name)
    {
        byte[] data = [.. Space, .. Encoding.UTF8.GetBytes(name)];
        var bytes = SHA1.HashData(data).AsSpan(0, UuidBytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static string Part(Guid? id) => id?.ToString() ?? Absent;

    private static string Text(uint value) => value.ToString(CultureInfo.InvariantCulture);
}

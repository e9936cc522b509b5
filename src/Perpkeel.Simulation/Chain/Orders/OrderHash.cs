using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>Orders two orders of one id and one good-til block, by a hash of their fields.</summary>
/// <remarks>
/// The chain takes SHA-256 of the encoded order. Here it is SHA-256 of all fields in the order of their
/// numbers, eight bytes each, little-endian: as little foreseeable, but not the same order.
/// </remarks>
internal static class OrderHash
{
    private const int Fields = 19;

    /// <summary>Positive when the left order's hash is greater, zero for equal orders.</summary>
    public static int Compare(ChainOrder left, ChainOrder right)
    {
        Span<byte> one = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> two = stackalloc byte[SHA256.HashSizeInBytes];
        Of(left, one);
        Of(right, two);
        return one.SequenceCompareTo(two);
    }

    private static void Of(ChainOrder order, Span<byte> hash)
    {
        var id = order.Id;
        Span<long> fields =
        [
            id.Subaccount.Owner, id.Subaccount.Number, id.ClientId, (int)id.Flags, id.ClobPair,
            (int)order.Side, order.Quantums, order.Subticks, order.GoodTilBlock, order.GoodTilBlockTime,
            (int)order.TimeInForce, order.ReduceOnly ? 1 : 0, order.ClientMetadata, (int)order.Condition,
            order.TriggerSubticks, order.Twap?.DurationSeconds ?? 0, order.Twap?.IntervalSeconds ?? 0,
            order.Builder?.Owner ?? -1, order.Builder?.FeePpm ?? 0,
        ];
        Span<byte> bytes = stackalloc byte[Fields * sizeof(long)];
        for (var i = 0; i < Fields; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(i * sizeof(long))..], fields[i]);
        }

        _ = SHA256.HashData(bytes, hash);
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>Recognises recorded data by its content.</summary>
internal static class ReplayFingerprint
{
    private const int BarBytes = 6 * sizeof(long);
    private const int BarsAtOnce = 1_024;

    /// <summary>SHA-256 in lower-case hexadecimal, the same on every platform.</summary>
    public static string Of(IReadOnlyList<CandleFile> files, ReplayFunding funding)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            Append(hash, string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Market.Market} {file.PriceDecimals} {file.VolumeDecimals} {file.Bars.Length}\n"));
            Append(hash, file.Bars);
        }

        return Finish(hash, funding);
    }

    /// <summary>The same of books and trades.</summary>
    public static string Of(IReadOnlyList<BookRecording> markets, ReplayFunding funding)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var market in markets)
        {
            Append(hash, string.Create(
                CultureInfo.InvariantCulture,
                $"{market.Market.Market} {market.Grid.PriceDecimals} {market.Grid.SizeDecimals}\n"));
            foreach (var book in market.Books)
            {
                Append(hash, [book.AtMs, book.Bids.Length, book.Asks.Length]);
                foreach (var level in book.Bids) Append(hash, [level.Price, level.Size]);
                foreach (var level in book.Asks) Append(hash, [level.Price, level.Size]);
            }

            foreach (var trade in market.Trades)
            {
                Append(hash, [trade.AtMs, trade.Price, trade.Size, (long)trade.Taker]);
            }
        }

        return Finish(hash, funding);
    }

    private static string Finish(IncrementalHash hash, ReplayFunding funding)
    {
        foreach (var asset in funding.Assets)
        {
            Append(hash, $"funding {asset}\n");
            for (var hour = funding.FirstHour; hour <= funding.LastHour; hour++)
            {
                Append(hash, string.Create(
                    CultureInfo.InvariantCulture, $"{hour} {Decimals.Text(funding.Rate(asset, hour))}\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text) =>
        hash.AppendData(Encoding.UTF8.GetBytes(text));

    private static void Append(IncrementalHash hash, ReadOnlySpan<long> numbers)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<ReplayBar> bars)
    {
        var buffer = new byte[BarsAtOnce * BarBytes];
        while (bars.Length > 0)
        {
            var count = Math.Min(BarsAtOnce, bars.Length);
            for (var i = 0; i < count; i++) Write(buffer.AsSpan(i * BarBytes, BarBytes), bars[i]);
            hash.AppendData(buffer, 0, count * BarBytes);
            bars = bars[count..];
        }
    }

    private static void Write(Span<byte> target, in ReplayBar bar)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, bar.OpenedAtMs);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], bar.Open);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], bar.High);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], bar.Low);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], bar.Close);
        BinaryPrimitives.WriteInt64LittleEndian(target[40..], bar.Volume);
    }
}

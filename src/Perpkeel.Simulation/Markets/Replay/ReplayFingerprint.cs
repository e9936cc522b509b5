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

using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Protos.Accountplus;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>An amount of a coin in its smallest units.</summary>
/// <param name="Denom">The coin's full name.</param>
/// <param name="Amount">How many, not negative.</param>
public readonly record struct CoinAmount(string Denom, BigInteger Amount)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Amount.ToString(CultureInfo.InvariantCulture)} {Denom}";
}

/// <summary>What a transaction pays and how much gas it may use.</summary>
/// <param name="Amounts">The coins, taken from the owner's wallet; empty where nothing is paid.</param>
/// <param name="GasLimit">The most gas it may use.</param>
public sealed record TxFee(ImmutableArray<CoinAmount> Amounts, ulong GasLimit)
{
    /// <summary>Gas limit of transactions that pay nothing; the chain does not meter them.</summary>
    public const ulong FreeGasLimit = 1_000_000;

    /// <summary>Price of a unit of gas in millionths of USDC, unless validators ask more.</summary>
    public const decimal UsdcPerGas = 0.025m;

    /// <summary>Price of a unit of gas in the smallest units of the gas coin.</summary>
    public const decimal NativePerGas = 25_000_000_000m;

    /// <summary>
    /// Orders, cancels and leverage are free: no coin is paid, and the wallet needs none.
    /// </summary>
    public static TxFee Free { get; } = new([], FreeGasLimit);

    /// <summary>What is put on top of simulated gas: 1.8 times.</summary>
    public static Ppm UsualMargin { get; } = new(1_800_000);

    /// <summary>What is put on top when an authenticator is removed: 3 times.</summary>
    public static Ppm RemovalMargin { get; } = new(3_000_000);

    /// <summary>What is put on top of the simulated gas of messages.</summary>
    public static Ppm MarginFor(IEnumerable<IMessage> messages) =>
        messages.Any(message => message is MsgRemoveAuthenticator) ? RemovalMargin : UsualMargin;

    /// <summary>
    /// The gas limit for a simulated use: floor(gas * margin).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not positive.</exception>
    public static ulong GasLimitFor(ulong simulatedGas, Ppm margin)
    {
        if (margin.Value <= 0) throw new ArgumentOutOfRangeException(nameof(margin));
        return (ulong)((UInt128)simulatedGas * (ulong)margin.Value / (ulong)Ppm.One);
    }

    /// <summary>Pays in USDC: ceil(gas limit * <see cref="UsdcPerGas"/>).</summary>
    public static TxFee InUsdc(DydxNetwork network, ulong gasLimit)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new([new(network.UsdcDenom, Cost(gasLimit, UsdcPerGas))], gasLimit);
    }

    /// <summary>Pays in the gas coin: ceil(gas limit * <see cref="NativePerGas"/>).</summary>
    public static TxFee InNative(DydxNetwork network, ulong gasLimit)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new([new(network.NativeDenom, Cost(gasLimit, NativePerGas))], gasLimit);
    }

    private static BigInteger Cost(ulong gasLimit, decimal price) =>
        (BigInteger)decimal.Ceiling(gasLimit * price);
}

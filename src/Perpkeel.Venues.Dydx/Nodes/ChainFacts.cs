using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>A block.</summary>
/// <param name="ChainId">Of which chain.</param>
/// <param name="Height">Its number.</param>
/// <param name="Time">Its time, by which the chain judges nonces and ends of orders.</param>
public sealed record BlockFacts(string ChainId, uint Height, DateTimeOffset Time);

/// <summary>An account.</summary>
/// <param name="Address">Whose.</param>
/// <param name="Number">Its number, which never changes; every signature covers it.</param>
/// <param name="Sequence">The next sequence of transactions without timestamp nonces.</param>
public sealed record AccountFacts(DydxAddress Address, ulong Number, ulong Sequence);

/// <summary>The timestamp nonces that the chain remembers of an account.</summary>
/// <param name="Kept">The largest ones, at most twenty.</param>
/// <param name="HighestEjected">A new nonce must be greater than this.</param>
public sealed record NonceFacts(ImmutableArray<ulong> Kept, ulong HighestEjected);

/// <summary>What a node runs.</summary>
/// <param name="Name">The program.</param>
/// <param name="Version">Its version.</param>
/// <param name="SdkVersion">The version of the Cosmos SDK in it.</param>
public sealed record NodeFacts(string Name, string Version, string SdkVersion);

/// <summary>A step of the trading fees.</summary>
/// <param name="Name">The chain's name of it.</param>
/// <param name="VolumeFrom">Volume of 30 days from which it holds.</param>
/// <param name="TotalShare">Share of all volume that it asks for.</param>
/// <param name="MakerShare">Share of all makers' volume that it asks for.</param>
/// <param name="Maker">Fee of a maker; negative where makers are paid.</param>
/// <param name="Taker">Fee of a taker.</param>
public sealed record FeeTier(
    string Name, Usd VolumeFrom, Ppm TotalShare, Ppm MakerShare, Ppm Maker, Ppm Taker);

/// <summary>How many messages of an owner a node takes in so many blocks.</summary>
/// <param name="StatefulPlacements">Placements that are stored on the chain.</param>
/// <param name="ShortTerm">Short-term placements and cancels together; a batch cancel counts twice.</param>
/// <param name="LeverageUpdates">Updates of leverage.</param>
public sealed record BlockLimits(
    ImmutableArray<BlockLimit> StatefulPlacements, ImmutableArray<BlockLimit> ShortTerm,
    ImmutableArray<BlockLimit> LeverageUpdates);

/// <summary>A position of a subaccount, in the chain's integers.</summary>
/// <param name="PerpetualId">Of which perpetual.</param>
/// <param name="Quantums">Its size; negative where it is short.</param>
/// <param name="FundingIndex">The funding index it is settled to.</param>
/// <param name="QuoteBalance">Millionths of USDC that go with it.</param>
public sealed record PositionFacts(
    uint PerpetualId, BigInteger Quantums, BigInteger FundingIndex, BigInteger QuoteBalance);

/// <summary>A subaccount. One that never had a deposit has no USDC and no position.</summary>
/// <param name="Id">Which.</param>
/// <param name="UsdcQuantums">Millionths of USDC; negative where it owes.</param>
/// <param name="Positions">Its positions.</param>
public sealed record SubaccountFacts(
    DydxSubaccount Id, BigInteger UsdcQuantums, ImmutableArray<PositionFacts> Positions)
{
    /// <summary>Whether nothing is in it: deposit before trading from it.</summary>
    public bool IsEmpty => UsdcQuantums.IsZero && Positions.IsEmpty;
}

/// <summary>An order book.</summary>
/// <param name="Id">The number that orders name.</param>
/// <param name="PerpetualId">What is traded; null for anything but a perpetual.</param>
/// <param name="StepBaseQuantums">Smallest size and step.</param>
/// <param name="SubticksPerTick">Smallest price and step.</param>
/// <param name="QuantumConversionExponent">How subticks and quantums make millionths of USDC.</param>
/// <param name="Status">Whether it takes orders.</param>
public sealed record ClobPairFacts(
    uint Id, uint? PerpetualId, ulong StepBaseQuantums, uint SubticksPerTick, int QuantumConversionExponent,
    MarketStatus Status);

/// <summary>A perpetual.</summary>
/// <param name="Id">Its number, which is not that of its book.</param>
/// <param name="Ticker">Its name, e.g. <c>BTC-USD</c>.</param>
/// <param name="MarketId">The number of its oracle price.</param>
/// <param name="AtomicResolution">A quantum is 10 to this power of base units.</param>
/// <param name="LiquidityTier">Its margin tier.</param>
/// <param name="IsIsolated">Whether a subaccount holds it alone.</param>
/// <param name="FundingIndex">Its funding index.</param>
/// <param name="OpenInterest">Quantums that are open.</param>
public sealed record PerpetualFacts(
    uint Id, string Ticker, uint MarketId, int AtomicResolution, uint LiquidityTier, bool IsIsolated,
    BigInteger FundingIndex, BigInteger OpenInterest);

/// <summary>Margins of a group of perpetuals.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">The chain's name of it.</param>
/// <param name="InitialMargin">Initial margin fraction, before open interest raises it.</param>
/// <param name="MaintenanceFraction">Maintenance margin as a part of the initial one.</param>
/// <param name="LowerCap">Open interest from which the margin rises.</param>
/// <param name="UpperCap">Open interest at which it is everything.</param>
public sealed record MarginTierFacts(
    uint Id, string Name, Ppm InitialMargin, Ppm MaintenanceFraction, Usd LowerCap, Usd UpperCap);

/// <summary>An oracle price.</summary>
/// <param name="MarketId">The number of the price, which is not that of a book.</param>
/// <param name="Price">USD per base unit.</param>
public readonly record struct OraclePrice(uint MarketId, Price Price);

/// <summary>An order that is stored on the chain.</summary>
/// <param name="Key">Which.</param>
/// <param name="Quantums">Its size.</param>
/// <param name="FilledQuantums">What of it is filled.</param>
/// <param name="Subticks">Its limit.</param>
/// <param name="GoodTil">Its end: what a cancel names.</param>
/// <param name="IsTriggered">Whether a conditional order has fired.</param>
/// <param name="PlacedAt">The block that took it.</param>
public sealed record StatefulOrderFacts(
    OrderKey Key, ulong Quantums, ulong FilledQuantums, ulong Subticks, GoodTilTime GoodTil, bool IsTriggered,
    uint PlacedAt);

/// <summary>Whether transfers and withdrawals are held back.</summary>
/// <param name="NegativeSeenAt">Block at which a subaccount below zero was seen; 0 for none.</param>
/// <param name="OutageSeenAt">Block at which an outage was seen; 0 for none.</param>
/// <param name="FreeFrom">First block that takes them again; 0 where they never were held back.</param>
public sealed record WithdrawalGate(uint NegativeSeenAt, uint OutageSeenAt, uint FreeFrom)
{
    /// <summary>Whether a block takes no transfer.</summary>
    public bool IsClosedAt(uint height) => height < FreeFrom;
}

/// <summary>A transaction in a block. Short-term orders and cancels never are.</summary>
/// <param name="Hash">Which.</param>
/// <param name="Height">In which block.</param>
/// <param name="Fault">Why it failed there; null where it was carried out.</param>
/// <param name="GasWanted">Its gas limit.</param>
/// <param name="GasUsed">What it used.</param>
public sealed record TxFacts(string Hash, uint Height, ChainError? Fault, ulong GasWanted, ulong GasUsed);

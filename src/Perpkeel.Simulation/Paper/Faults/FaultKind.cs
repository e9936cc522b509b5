using System.Collections.Immutable;

namespace Perpkeel.Simulation.Paper.Faults;

/// <summary>What the chance of a fault is counted by.</summary>
public enum FaultUnit
{
    /// <summary>Each message to the node.</summary>
    Message = 0,

    /// <summary>Each piece that the Indexer tells of the account.</summary>
    Piece,

    /// <summary>Each hour; then it lasts a while.</summary>
    Hour,
}

/// <summary>Something that goes wrong between a trader and a venue, with a name.</summary>
/// <param name="Name">By what it is chosen.</param>
/// <param name="Unit">What its chance is counted by.</param>
/// <param name="Words">What happens, in a line.</param>
public sealed record FaultKind(string Name, FaultUnit Unit, string Words)
{
    /// <summary>The chance of a message or a piece, in millionths, where none is named.</summary>
    public const int UsualPpm = 20_000;

    /// <summary>The chance of an hour, in millionths, where none is named.</summary>
    public const int UsualHourPpm = 300_000;

    /// <summary>A message is lost on its way to the node.</summary>
    public static FaultKind TxDropped { get; } = new(
        "tx-dropped", FaultUnit.Message, "a message is lost on its way; nobody answers");

    /// <summary>A message takes long.</summary>
    public static FaultKind TxDelayed { get; } = new(
        "tx-delayed", FaultUnit.Message, "a message takes one to twenty seconds longer");

    /// <summary>A message arrives twice.</summary>
    public static FaultKind TxDuplicated { get; } = new(
        "tx-duplicated", FaultUnit.Message, "a message arrives twice");

    /// <summary>A message is taken and its answer is lost.</summary>
    public static FaultKind AnswerLost { get; } = new(
        "answer-lost", FaultUnit.Message, "the node takes a message, and its answer is lost");

    /// <summary>A message is accepted and never gets into a block.</summary>
    public static FaultKind NeverProposed { get; } = new(
        "never-proposed", FaultUnit.Message, "the node accepts a message that no proposer ever sees");

    /// <summary>The node is behind.</summary>
    public static FaultKind NodeBehind { get; } = new(
        "node-behind", FaultUnit.Message, "the node tells a height that is up to twenty blocks old");

    /// <summary>The node lies.</summary>
    public static FaultKind NodeLies { get; } = new(
        "node-lies", FaultUnit.Message, "the node tells a height that does not exist yet");

    /// <summary>The node asks for patience.</summary>
    public static FaultKind RateLimit { get; } = new(
        "rate-limit", FaultUnit.Message, "the endpoint answers 429 and takes nothing");

    /// <summary>The endpoint is slow.</summary>
    public static FaultKind EndpointSlow { get; } = new(
        "endpoint-slow", FaultUnit.Message, "the answer takes five to thirty seconds longer");

    /// <summary>The endpoint fails.</summary>
    public static FaultKind EndpointFailing { get; } = new(
        "endpoint-failing", FaultUnit.Message, "the endpoint refuses the connection");

    /// <summary>A cancel is acknowledged and the order lives on.</summary>
    public static FaultKind LateFill { get; } = new(
        "late-fill", FaultUnit.Message, "a cancel is acknowledged, and the order is filled before its block");

    /// <summary>A stop triggers before its cancel.</summary>
    public static FaultKind StopRace { get; } = new(
        "stop-race", FaultUnit.Message, "a stop triggers while its cancel is on the way");

    /// <summary>What the Indexer told is lost.</summary>
    public static FaultKind StreamGap { get; } = new(
        "stream-gap", FaultUnit.Piece, "a message of the stream is missing until it is read again");

    /// <summary>What the Indexer told comes twice.</summary>
    public static FaultKind StreamDuplicate { get; } = new(
        "stream-duplicate", FaultUnit.Piece, "a message of the stream comes twice");

    /// <summary>What the Indexer told comes late.</summary>
    public static FaultKind StreamReorder { get; } = new(
        "stream-reorder", FaultUnit.Piece, "a message of the stream comes after later ones");

    /// <summary>A snapshot is older than the stream.</summary>
    public static FaultKind OldSnapshot { get; } = new(
        "old-snapshot", FaultUnit.Piece, "a gap is read again from a snapshot that does not have it yet");

    /// <summary>The stream is silent.</summary>
    public static FaultKind StreamStall { get; } = new(
        "stream-stall", FaultUnit.Hour, "the stream is silent until that is noticed, after twenty seconds");

    /// <summary>The stream is closed.</summary>
    public static FaultKind StreamClose { get; } = new(
        "stream-close", FaultUnit.Hour, "the stream is closed and comes back after up to thirty seconds");

    /// <summary>The Indexer is behind.</summary>
    public static FaultKind IndexerLag { get; } = new(
        "indexer-lag", FaultUnit.Hour, "the Indexer falls up to ten minutes behind its node");

    /// <summary>The chain stands still.</summary>
    public static FaultKind Halt { get; } = new(
        "halt", FaultUnit.Hour, "no block for half a minute to five, and nodes lose their memory");

    /// <summary>The public book is crossed.</summary>
    public static FaultKind CrossedBook { get; } = new(
        "crossed-book", FaultUnit.Hour, "a market is told with a bid above its ask for some seconds");

    /// <summary>An oracle price jumps.</summary>
    public static FaultKind OracleJump { get; } = new(
        "oracle-jump", FaultUnit.Hour, "an oracle price jumps by two to ten per cent and comes back");

    /// <summary>Fills in single lots.</summary>
    public static FaultKind SingleLots { get; } = new(
        "single-lots", FaultUnit.Hour, "makers offer single lots: orders are filled in many parts");

    /// <summary>A market closes.</summary>
    public static FaultKind MarketClosing { get; } = new(
        "market-closing", FaultUnit.Hour,
        "a market is wound up for good: positions are closed at the oracle price");

    /// <summary>Funding turns.</summary>
    public static FaultKind FundingFlip { get; } = new(
        "funding-flip", FaultUnit.Hour, "the premium of every market turns round and grows tenfold");

    /// <summary>The account is liquidated.</summary>
    public static FaultKind ForcedLiquidation { get; } = new(
        "forced-liquidation", FaultUnit.Hour, "an oracle price goes where the account is liquidated");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FaultKind> All { get; } =
    [
        TxDropped, TxDelayed, TxDuplicated, AnswerLost, NeverProposed, NodeBehind, NodeLies, RateLimit,
        EndpointSlow, EndpointFailing, LateFill, StopRace, StreamGap, StreamDuplicate, StreamReorder,
        OldSnapshot, StreamStall, StreamClose, IndexerLag, Halt, CrossedBook, OracleJump, SingleLots,
        MarketClosing, FundingFlip, ForcedLiquidation,
    ];

    /// <summary>The fault of a name; null for an unknown one.</summary>
    public static FaultKind? Find(string name) => All.FirstOrDefault(
        kind => string.Equals(kind.Name, name, StringComparison.Ordinal));
}

namespace Perpkeel.Simulation.Paper.Faults;

/// <summary>How long the faults last that count by hours.</summary>
internal sealed class FaultSpans(FaultDice dice)
{
    /// <summary>From when on a stream is silent until that is noticed and mended.</summary>
    public FaultSpan? Stall(DateTimeOffset at) => dice.SpanAt(
        FaultKind.StreamStall, at, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(22));

    /// <summary>While a stream is closed.</summary>
    public FaultSpan? Close(DateTimeOffset at) => dice.SpanAt(
        FaultKind.StreamClose, at, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <summary>While the Indexer is behind.</summary>
    public FaultSpan? Lag(DateTimeOffset at) => dice.SpanAt(
        FaultKind.IndexerLag, at, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));

    /// <summary>
    /// When something told at a time is heard that would arrive at another, with all that holds a stream up.
    /// </summary>
    public DateTimeOffset Held(DateTimeOffset at, DateTimeOffset due)
    {
        due = Held(FaultKind.IndexerLag, Lag(at), due);
        due = Held(FaultKind.StreamStall, Stall(at), due);
        return Held(FaultKind.StreamClose, Close(at), due);
    }

    /// <summary>A fault that counts by hours has done something.</summary>
    public void Note(FaultKind kind, DateTimeOffset at) => dice.Note(kind, at);

    private DateTimeOffset Held(FaultKind kind, FaultSpan? span, DateTimeOffset due)
    {
        if (span is not { } held || due >= held.Until) return due;
        Note(kind, held.From);

        // Off the grid of blocks and markets, as all messages arrive.
        return held.Until + Delays.Offset;
    }

    /// <summary>While a book is told crossed.</summary>
    public FaultSpan? Crossed(DateTimeOffset at) => dice.SpanAt(
        FaultKind.CrossedBook, at, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20));

    /// <summary>While an oracle price is elsewhere.</summary>
    public FaultSpan? Jump(DateTimeOffset at) => dice.SpanAt(
        FaultKind.OracleJump, at, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2));

    /// <summary>While makers offer single lots.</summary>
    public FaultSpan? Lots(DateTimeOffset at) => dice.SpanAt(
        FaultKind.SingleLots, at, TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(60));

    /// <summary>When a market is wound up.</summary>
    public FaultSpan? Closing(DateTimeOffset at) => dice.SpanAt(
        FaultKind.MarketClosing, at, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));

    /// <summary>While premiums are turned round.</summary>
    public FaultSpan? Flip(DateTimeOffset at) => dice.SpanAt(
        FaultKind.FundingFlip, at, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(60));

    /// <summary>While the first position brings an oracle price to where the account is liquidated.</summary>
    public FaultSpan? Liquidation(DateTimeOffset at) => dice.SpanAt(
        FaultKind.ForcedLiquidation, at, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(60));

    /// <summary>When the chain stands still in an hour; null where it does not.</summary>
    public FaultSpan? Halt(long hour) => dice.SpanOf(
        FaultKind.Halt, hour, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
}

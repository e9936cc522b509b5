using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Orders;

/// <summary>Why an order of ours is over at the venue.</summary>
public enum OrderEnding
{
    /// <summary>Not over.</summary>
    None = 0,

    /// <summary>All of it was filled.</summary>
    Filled,

    /// <summary>We cancelled it.</summary>
    Cancelled,

    /// <summary>It may not rest, and the rest of it found no counterpart within its limit.</summary>
    RestDropped,

    /// <summary>It may only reduce, and there was no position, or less of one.</summary>
    ReduceOnly,

    /// <summary>The account could not carry the fill.</summary>
    Undercollateralized,

    /// <summary>The venue refused it on arrival.</summary>
    Rejected,

    /// <summary>Its time at the venue was over, or the node that kept it lost its memory.</summary>
    Expired,
}

/// <summary>How a fill came about.</summary>
public enum FillKind
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>We took what rested.</summary>
    Taker,

    /// <summary>Our resting order was taken.</summary>
    Maker,

    /// <summary>The venue closed the position for want of margin.</summary>
    Liquidated,

    /// <summary>The venue closed the position at its bankruptcy price, for want of a counterpart.</summary>
    Deleveraged,
}

/// <summary>
/// What a venue tells of an account, in the order in which it happened there. A closed family; each report
/// has a sequence of the venue's, so that one heard twice counts once.
/// </summary>
public abstract record VenueReport
{
    private VenueReport()
    {
    }

    /// <summary>The venue's own count for this account, from 1, without holes.</summary>
    public required long Sequence { get; init; }

    /// <summary>The venue's time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Money came in.</summary>
    public sealed record Deposited : VenueReport
    {
        /// <summary>How much.</summary>
        public required Usd Amount { get; init; }
    }

    /// <summary>The venue has the order: it rests, or is about to match.</summary>
    public sealed record Opened : VenueReport
    {
        /// <summary>The order as the venue has it.</summary>
        public required OrderIntent Order { get; init; }
    }

    /// <summary>The venue refused the order; nothing was done.</summary>
    public sealed record Rejected : VenueReport
    {
        /// <summary>Which order.</summary>
        public required ClientOrderId ClientId { get; init; }

        /// <summary>The venue's own code.</summary>
        public required string Code { get; init; }

        /// <summary>The venue's own words.</summary>
        public required string Message { get; init; }
    }

    /// <summary>The order's trigger was reached; it matches now.</summary>
    public sealed record Triggered : VenueReport
    {
        /// <summary>Which order.</summary>
        public required ClientOrderId ClientId { get; init; }

        /// <summary>The oracle price that did it.</summary>
        public required Price Oracle { get; init; }
    }

    /// <summary>Some of an order was filled.</summary>
    public sealed record Filled : VenueReport
    {
        /// <summary>Which order.</summary>
        public required ClientOrderId ClientId { get; init; }

        /// <summary>Its market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>Which way.</summary>
        public required Side Side { get; init; }

        /// <summary>At which price.</summary>
        public required Price Price { get; init; }

        /// <summary>How much, positive.</summary>
        public required Size Size { get; init; }

        /// <summary>What was charged; negative is a rebate.</summary>
        public required Usd Fee { get; init; }

        /// <summary>Taker or maker.</summary>
        public required FillKind Kind { get; init; }
    }

    /// <summary>The order is over; nothing more of it can fill.</summary>
    public sealed record Ended : VenueReport
    {
        /// <summary>Which order.</summary>
        public required ClientOrderId ClientId { get; init; }

        /// <summary>Why.</summary>
        public required OrderEnding Ending { get; init; }

        /// <summary>How much of it was filled altogether.</summary>
        public required Size FilledSize { get; init; }
    }

    /// <summary>A cancel came too late, or for an order that the venue does not have.</summary>
    public sealed record CancelRefused : VenueReport
    {
        /// <summary>Which order.</summary>
        public required ClientOrderId ClientId { get; init; }
    }

    /// <summary>Funding was settled for the position in one market.</summary>
    public sealed record FundingPaid : VenueReport
    {
        /// <summary>Which market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>The rate of the hour.</summary>
        public required decimal HourlyRate { get; init; }

        /// <summary>What came in; negative was paid.</summary>
        public required Usd Payment { get; init; }
    }

    /// <summary>The venue closed some of a position itself.</summary>
    public sealed record Liquidated : VenueReport
    {
        /// <summary>Which market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>The side of the closing fill.</summary>
        public required Side Side { get; init; }

        /// <summary>At which price.</summary>
        public required Price Price { get; init; }

        /// <summary>How much, positive.</summary>
        public required Size Size { get; init; }

        /// <summary>What went to the insurance fund.</summary>
        public required Usd Fee { get; init; }

        /// <summary>Liquidated or deleveraged.</summary>
        public required FillKind Kind { get; init; }
    }
}

using System.Collections.Immutable;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Core.Strategies;

namespace Perpkeel.Core.Engine;

/// <summary>
/// Something that is so from now on: what was decided, meant, refused, or heard from the venue. Facts are
/// journaled and never decided again; the account's state is nothing but their fold. A closed family.
/// </summary>
public abstract partial record Fact
{
    private Fact()
    {
    }

    /// <summary>The account's first fact.</summary>
    public sealed record AccountOpened : Fact
    {
        /// <summary>Where its order ids begin.</summary>
        public required ClientOrderId FirstClientId { get; init; }

        /// <summary>Where its markets come from, in words.</summary>
        public required string Source { get; init; }
    }

    /// <summary>A strategy decided.</summary>
    public sealed record Decided : Fact
    {
        /// <summary>What and why.</summary>
        public required Decision Decision { get; init; }
    }

    /// <summary>A plan was refused.</summary>
    public sealed record PlanRefused : Fact
    {
        /// <summary>Which market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>Before this no entry is worth asking for.</summary>
        public required DateTimeOffset EntriesFrom { get; init; }

        /// <summary>The rule, its limit and the actual value.</summary>
        public required RiskRefusal Refusal { get; init; }

        /// <summary>The prices it rests on.</summary>
        public required MarketFacts Facts { get; init; }
    }

    /// <summary>An entry was planned: its market is taken and its collateral reserved.</summary>
    public sealed record EntryPlanned : Fact
    {
        /// <summary>The entry with its stop and target.</summary>
        public required Bracket Bracket { get; init; }

        /// <summary>Before this no further entry is worth asking for: the cooldown.</summary>
        public required DateTimeOffset EntriesFrom { get; init; }

        /// <summary>The limit that bound the size.</summary>
        public required string SizedBy { get; init; }

        /// <summary>Every limit that was considered for the size, with its value.</summary>
        public required ImmutableArray<string> Limits { get; init; }

        /// <summary>What was looked at on the way, and what came of it; null for a strategy's plan.</summary>
        public ImmutableArray<TraceStep>? Steps { get; init; }

        /// <summary>The prices it rests on.</summary>
        public required MarketFacts Facts { get; init; }
    }

    /// <summary>A position is to be closed now.</summary>
    public sealed record CloseWanted : Fact
    {
        /// <summary>Which market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>Why, a stable name.</summary>
        public required string Reason { get; init; }

        /// <summary>The signal that asked for it; null for none.</summary>
        public SignalId? Signal { get; init; }

        /// <summary>The prices it rests on; null where none were looked at.</summary>
        public MarketFacts? Facts { get; init; }
    }

    /// <summary>An order was approved and is about to be sent.</summary>
    public sealed record OrderIntended : Fact
    {
        /// <summary>The whole order.</summary>
        public required OrderIntent Order { get; init; }
    }

    /// <summary>A cancellation is about to be sent.</summary>
    public sealed record CancelIntended : Fact
    {
        /// <summary>Which order.</summary>
        public required ClientOrderId ClientId { get; init; }

        /// <summary>Why, a stable name.</summary>
        public required string Reason { get; init; }
    }

    /// <summary>The call that placed an order was answered with a refusal.</summary>
    public sealed record CallRejected : Fact
    {
        /// <summary>Which order.</summary>
        public required ClientOrderId ClientId { get; init; }

        /// <summary>The venue's own code.</summary>
        public required string Code { get; init; }

        /// <summary>The venue's own words.</summary>
        public required string Message { get; init; }
    }

    /// <summary>The call that placed an order ended without an answer.</summary>
    public sealed record OutcomeUnknown : Fact
    {
        /// <summary>Which order.</summary>
        public required ClientOrderId ClientId { get; init; }
    }

    /// <summary>
    /// The venue was shown not to have an order; the same order is sent again under the same id.
    /// </summary>
    public sealed record OrderSentAgain : Fact
    {
        /// <summary>Which order.</summary>
        public required ClientOrderId ClientId { get; init; }

        /// <summary>What showed it.</summary>
        public required string Evidence { get; init; }
    }

    /// <summary>The venue told us something.</summary>
    public sealed record Reported : Fact
    {
        /// <summary>What it told.</summary>
        public required VenueReport Report { get; init; }
    }

    /// <summary>A position was without protection for longer than the deadline.</summary>
    public sealed record ProtectionAlarm : Fact
    {
        /// <summary>Which market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>Since when.</summary>
        public required DateTimeOffset Since { get; init; }
    }

    /// <summary>A bracket is over: flat, and no order of it lives.</summary>
    public sealed record BracketEnded : Fact
    {
        /// <summary>Its number.</summary>
        public required long Bracket { get; init; }

        /// <summary>Its market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>What ended it, a stable name.</summary>
        public required string Reason { get; init; }

        /// <summary>What it brought in, fees and funding included.</summary>
        public required Usd Realised { get; init; }

        /// <summary>What its fills cost in fees.</summary>
        public required Usd Fees { get; init; }

        /// <summary>What funding brought in.</summary>
        public required Usd Funding { get; init; }
    }

    /// <summary>The account was valued.</summary>
    public sealed record EquityMarked : Fact
    {
        /// <summary>Balance plus the worth of all positions.</summary>
        public required Usd Equity { get; init; }

        /// <summary>The prices of the positions.</summary>
        public required ImmutableArray<MarketFacts> Prices { get; init; }
    }
}

/// <summary>A fact in its place.</summary>
/// <param name="Sequence">Place in the account's facts, from 1.</param>
/// <param name="At">Engine time.</param>
/// <param name="Fact">The fact.</param>
public sealed record JournaledFact(long Sequence, DateTimeOffset At, Fact Fact);

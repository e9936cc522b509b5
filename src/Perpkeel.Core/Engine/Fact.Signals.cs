using System.Collections.Immutable;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Core.Engine;

/// <content>What signals and the user bring about.</content>
public abstract partial record Fact
{
    /// <summary>A signal was received; whether it is carried out follows.</summary>
    public sealed record SignalReceived : Fact
    {
        /// <summary>What is wanted.</summary>
        public required TradeSignal Signal { get; init; }

        /// <summary>The prices it met; null where its market has none.</summary>
        public MarketFacts? Facts { get; init; }

        /// <summary>What the venue said of the account; null where nobody was asked.</summary>
        public VenueConfirmation? Confirmed { get; init; }
    }

    /// <summary>A signal was refused: nothing of it was sent.</summary>
    public sealed record SignalRefused : Fact
    {
        /// <summary>Which signal.</summary>
        public required SignalId Signal { get; init; }

        /// <summary>Why.</summary>
        public required TradeExecutionError Error { get; init; }

        /// <summary>What was looked at until then.</summary>
        public ImmutableArray<TraceStep> Steps { get; init; } = [];
    }

    /// <summary>A flip has closed its position: the other way is to be opened now.</summary>
    public sealed record SignalReady : Fact
    {
        /// <summary>Which signal.</summary>
        public required SignalId Signal { get; init; }
    }

    /// <summary>A signal that was accepted is over.</summary>
    public sealed record SignalEnded : Fact
    {
        /// <summary>Which signal.</summary>
        public required SignalId Signal { get; init; }

        /// <summary>What ended it, a stable name.</summary>
        public required string Reason { get; init; }

        /// <summary>What the venue made of its order, where it refused it; null otherwise.</summary>
        public TradeExecutionError? Error { get; init; }
    }

    /// <summary>A further entry was planned: its collateral is reserved, a larger stop comes first.</summary>
    public sealed record AddPlanned : Fact
    {
        /// <summary>Which market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>Which signal.</summary>
        public required SignalId Signal { get; init; }

        /// <summary>How much.</summary>
        public required Size Size { get; init; }

        /// <summary>Worst price of the entry.</summary>
        public required Price EntryLimit { get; init; }

        /// <summary>The price at which it is expected to fill.</summary>
        public required Price Expected { get; init; }

        /// <summary>How it waits for a price; null for a market order.</summary>
        public EntryTerms? Terms { get; init; }

        /// <summary>Collateral set aside for each base unit.</summary>
        public required Usd ReservePerUnit { get; init; }

        /// <summary>Before this no further entry is worth asking for: the cooldown.</summary>
        public required DateTimeOffset EntriesFrom { get; init; }

        /// <summary>The limit that bound the size.</summary>
        public required string SizedBy { get; init; }

        /// <summary>What was looked at on the way, and what came of it.</summary>
        public ImmutableArray<TraceStep> Steps { get; init; } = [];
    }

    /// <summary>A further entry, or the rest of an amended one, was given up before it was sent.</summary>
    public sealed record AddAbandoned : Fact
    {
        /// <summary>Which market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>Why, a stable name.</summary>
        public required string Reason { get; init; }
    }

    /// <summary>
    /// The waiting entry is to have another price: it is cancelled, and the rest sent anew.
    /// </summary>
    public sealed record AmendWanted : Fact
    {
        /// <summary>Which market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>Which signal.</summary>
        public required SignalId Signal { get; init; }

        /// <summary>How the next entry waits.</summary>
        public required EntryTerms Terms { get; init; }

        /// <summary>Collateral set aside for each base unit from now on.</summary>
        public required Usd ReservePerUnit { get; init; }
    }

    /// <summary>A part of a position is to be closed now.</summary>
    public sealed record ReduceWanted : Fact
    {
        /// <summary>Which market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>Which signal.</summary>
        public required SignalId Signal { get; init; }

        /// <summary>How much.</summary>
        public required Size Size { get; init; }

        /// <summary>The prices it rests on.</summary>
        public MarketFacts? Facts { get; init; }
    }

    /// <summary>A stop is to be moved: a new one comes first, then the one that stands goes.</summary>
    public sealed record StopMoved : Fact
    {
        /// <summary>Which market.</summary>
        public required MarketId Market { get; init; }

        /// <summary>Which bracket.</summary>
        public required long Bracket { get; init; }

        /// <summary>Oracle price at which the new stop wakes.</summary>
        public required Price Trigger { get; init; }

        /// <summary>Why, a stable name.</summary>
        public required string Reason { get; init; }

        /// <summary>The oracle price that it rests on.</summary>
        public required Price Oracle { get; init; }
    }

    /// <summary>
    /// An order of ours stands at the venue although its bracket is over: it is cancelled.
    /// </summary>
    public sealed record OrphanFound : Fact
    {
        /// <summary>Which order.</summary>
        public required ClientOrderId ClientId { get; init; }

        /// <summary>Its market.</summary>
        public required MarketId Market { get; init; }
    }

    /// <summary>The price at which a closing order is bounded was looked at anew.</summary>
    public sealed record PriceSeen : Fact
    {
        /// <summary>The prices of its market.</summary>
        public required MarketFacts Facts { get; init; }
    }

    /// <summary>No new risk is taken from now on; protection goes on.</summary>
    public sealed record TradingStopped : Fact
    {
        /// <summary>Who stopped it.</summary>
        public required string By { get; init; }

        /// <summary>Why, in their words.</summary>
        public required string Reason { get; init; }
    }

    /// <summary>New risk may be taken again.</summary>
    public sealed record TradingResumed : Fact
    {
        /// <summary>Who resumed it.</summary>
        public required string By { get; init; }
    }

    /// <summary>A component was switched.</summary>
    public sealed record Switched : Fact
    {
        /// <summary>Which.</summary>
        public required Component Component { get; init; }

        /// <summary>Whether it is on from now on.</summary>
        public required bool IsOn { get; init; }

        /// <summary>Who switched it.</summary>
        public required string By { get; init; }
    }
}

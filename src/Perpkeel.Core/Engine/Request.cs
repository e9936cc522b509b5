using System.Collections.Immutable;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Strategies;

namespace Perpkeel.Core.Engine;

/// <summary>
/// What an account's session is asked or told. Requests are not journaled; what follows is. A closed
/// family.
/// </summary>
public abstract record Request
{
    private Request()
    {
    }

    /// <summary>
    /// Whether it asks for new risk: such requests wait behind all others and may be refused.
    /// </summary>
    public virtual bool IsNewRisk => false;

    /// <summary>Begin the account.</summary>
    /// <param name="FirstClientId">Where its order ids begin.</param>
    /// <param name="Source">Where its markets come from, in words.</param>
    public sealed record Open(ClientOrderId FirstClientId, string Source) : Request;

    /// <summary>Enter a market.</summary>
    /// <param name="Plan">What the strategy wants.</param>
    /// <param name="Facts">The prices of its market.</param>
    /// <param name="Prices">The prices of all markets with positions.</param>
    public sealed record Enter(
        Plan.Enter Plan, MarketFacts Facts, ImmutableArray<MarketFacts> Prices) : Request
    {
        /// <inheritdoc/>
        public override bool IsNewRisk => true;
    }

    /// <summary>End a position.</summary>
    /// <param name="Plan">What the strategy wants.</param>
    /// <param name="Facts">The prices of its market.</param>
    public sealed record Exit(Plan.Exit Plan, MarketFacts Facts) : Request;

    /// <summary>The venue told us something, all at one instant.</summary>
    /// <param name="Reports">What it told, in its order.</param>
    public sealed record Hear(ImmutableArray<VenueReport> Reports) : Request
    {
        /// <summary>The venue told us one thing.</summary>
        public Hear(VenueReport report)
            : this([report])
        {
        }
    }

    /// <summary>A call that placed an order was answered with a refusal.</summary>
    /// <param name="ClientId">Which order.</param>
    /// <param name="Code">The venue's own code.</param>
    /// <param name="Message">The venue's own words.</param>
    public sealed record CallRejected(ClientOrderId ClientId, string Code, string Message) : Request;

    /// <summary>A call that placed an order ended without an answer.</summary>
    /// <param name="ClientId">Which order.</param>
    public sealed record CallUnanswered(ClientOrderId ClientId) : Request;

    /// <summary>The venue was asked for an order and is proven not to have it.</summary>
    /// <param name="ClientId">Which order.</param>
    /// <param name="Evidence">What proves it.</param>
    public sealed record NotAtVenue(ClientOrderId ClientId, string Evidence) : Request;

    /// <summary>Value the account.</summary>
    /// <param name="Prices">The prices of all markets with positions.</param>
    public sealed record MarkEquity(ImmutableArray<MarketFacts> Prices) : Request;

    /// <summary>Carry out a signal.</summary>
    /// <param name="Signal">What is wanted.</param>
    /// <param name="Facts">The prices of its market; null where it has none.</param>
    /// <param name="Prices">The prices of all markets with positions.</param>
    /// <param name="Confirmed">What the venue says of the account; null where nobody was asked.</param>
    public sealed record Execute(
        TradeSignal Signal, MarketFacts? Facts, ImmutableArray<MarketFacts> Prices,
        VenueConfirmation? Confirmed) : Request
    {
        /// <summary>What rests against the order in the book, best first; empty where nobody knows.</summary>
        public ImmutableArray<DepthLevel> Depth { get; init; } = [];

        /// <inheritdoc/>
        public override bool IsNewRisk => Signal.IsNewRisk;
    }

    /// <summary>Move a stop in its position's favour.</summary>
    /// <param name="Market">Which market.</param>
    /// <param name="Bracket">Which bracket; a later one in the same market is left alone.</param>
    /// <param name="Trigger">Oracle price at which the new stop is to wake.</param>
    /// <param name="Facts">The prices it rests on.</param>
    public sealed record MoveStop(
        MarketId Market, long Bracket, Price Trigger, MarketFacts Facts) : Request;

    /// <summary>Take no new risk from now on.</summary>
    /// <param name="By">Who wants it.</param>
    /// <param name="Reason">Why, in their words.</param>
    public sealed record Stop(string By, string Reason) : Request;

    /// <summary>Take new risk again.</summary>
    /// <param name="By">Who wants it.</param>
    public sealed record Resume(string By) : Request;

    /// <summary>Take no new risk, and close every position that is ours.</summary>
    /// <param name="By">Who wants it.</param>
    /// <param name="Reason">Why, in their words.</param>
    public sealed record Flatten(string By, string Reason) : Request
    {
        /// <summary>The prices of all markets with positions; empty where none are known.</summary>
        public ImmutableArray<MarketFacts> Prices { get; init; } = [];
    }

    /// <summary>Switch a component on or off.</summary>
    /// <param name="Component">Which.</param>
    /// <param name="IsOn">Whether it is on from now on.</param>
    /// <param name="By">Who wants it.</param>
    public sealed record Switch(Component Component, bool IsOn, string By) : Request;

    /// <summary>A time has come for which the session asked to be woken.</summary>
    public sealed record Wake : Request
    {
        /// <summary>The prices of all markets with positions; empty where none are known.</summary>
        public ImmutableArray<MarketFacts> Prices { get; init; } = [];
    }
}

using System.Collections.Immutable;
using Perpkeel.Core.MarketData;
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

    /// <summary>A time has come for which the session asked to be woken.</summary>
    public sealed record Wake : Request;
}

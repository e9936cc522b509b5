using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues;

namespace Perpkeel.Testing.Conformance;

/// <summary>Where venues to be tried come from: a model in this process, or a local network.</summary>
public interface IVenueMaker
{
    /// <summary>What the table of capabilities calls it.</summary>
    string Name { get; }

    /// <summary>
    /// A venue of its own for one case, with one account that was given money and never traded. The first
    /// market has an oracle price and rests; nobody but the harness trades in it.
    /// </summary>
    /// <param name="deposit">What the account is given.</param>
    ValueTask<IVenueUnderTest> OpenAsync(Usd deposit);
}

/// <summary>
/// A venue behind the port, with what a test has to do to the world around it. Where a control takes effect
/// with a delay, the cases wait for what is told of it.
/// </summary>
public interface IVenueUnderTest : IAsyncDisposable
{
    /// <summary>Markets in. Another one after <see cref="RestartAsync"/>.</summary>
    IMarketFeed Markets { get; }

    /// <summary>The account in. Another one after <see cref="RestartAsync"/>.</summary>
    IAccountFeed Account { get; }

    /// <summary>Orders out. Another one after <see cref="RestartAsync"/>.</summary>
    IOrderGateway Orders { get; }

    /// <summary>The adapter's time.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Within which time everything that follows from an action has been told.</summary>
    TimeSpan Patience { get; }

    /// <summary>How long a limit order stands by itself; null where no test can wait for that.</summary>
    TimeSpan? StandsFor { get; }

    /// <summary>
    /// The venue's code for a refusal; null where it knows no such limit.
    /// </summary>
    string? CodeOf(RefusalCause cause);

    /// <summary>Lets time pass.</summary>
    ValueTask PassAsync(TimeSpan time);

    /// <summary>The oracle has another price.</summary>
    ValueTask MoveOracleAsync(Market market, Price price);

    /// <summary>What others want to trade becomes exactly this.</summary>
    ValueTask ShowBookAsync(Market market, IReadOnlyList<OthersLevel> levels);

    /// <summary>A counterparty takes what rests, up to a price; the rest is dropped.</summary>
    ValueTask TakeAsync(Market market, Side side, Price limit, Size size);

    /// <summary>The account's money as the venue has it, funding until now settled.</summary>
    ValueTask<Usd> BalanceAsync();

    /// <summary>The account's position as the venue has it.</summary>
    ValueTask<Size> PositionAsync(Market market);

    /// <summary>
    /// Our side dies without a word and starts again from what it made durable; messages that had left are
    /// on their way. The ports are new, and time is where it was.
    /// </summary>
    ValueTask RestartAsync();
}

/// <summary>What others offer at a price.</summary>
/// <param name="Side">Which side of the book.</param>
/// <param name="Price">At which price.</param>
/// <param name="Size">How much.</param>
public readonly record struct OthersLevel(Side Side, Price Price, Size Size);

/// <summary>Why a venue may say no to an order that was well meant.</summary>
public enum RefusalCause
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The price is between two ticks.</summary>
    OffGrid,

    /// <summary>The account could not carry an order that would rest.</summary>
    Undercollateralized,

    /// <summary>Too many placements in too short a time.</summary>
    PlacementRate,

    /// <summary>More resting orders than an account of this equity may have.</summary>
    EquityTier,
}

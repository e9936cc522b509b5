using System.Collections.Immutable;
using System.Text.Json;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Runtime.Sessions;

namespace Perpkeel.Testing;

/// <summary>
/// One account beside a <see cref="ScriptedVenue"/>: requests go in, facts are kept, effects reach the venue
/// at once, and its reports come back when the test says so.
/// </summary>
public sealed class ScriptedAccount
{
    private readonly Dictionary<MarketId, MarketFacts> _prices = [];
    private readonly List<JournaledFact> _facts = [];
    private readonly List<Effect> _effects = [];

    /// <summary>An open account with a deposit, at noon of an ordinary day.</summary>
    public ScriptedAccount(RiskLimits? limits = null, IReadOnlyList<Market>? markets = null,
        decimal deposit = 10_000m)
    {
        Engine = new AccountEngine(markets ?? SampleMarkets.All, limits ?? new RiskLimits());
        Now = new DateTimeOffset(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);
        Venue.Now = Now;
        Ask(new Request.Open(new ClientOrderId(100), "test"));
        if (deposit > 0m) Hear(Venue.Deposits(deposit));
    }

    /// <summary>The engine under test.</summary>
    public AccountEngine Engine { get; }

    /// <summary>The venue.</summary>
    public ScriptedVenue Venue { get; } = new();

    /// <summary>Engine time.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The account as it stands.</summary>
    public AccountState State { get; private set; } = AccountState.Empty;

    /// <summary>All facts so far.</summary>
    public IReadOnlyList<JournaledFact> Facts => _facts;

    /// <summary>All effects so far.</summary>
    public IReadOnlyList<Effect> Effects => _effects;

    /// <summary>Called with the state after every single fact.</summary>
    public Action<JournaledFact, AccountState>? OnFact { get; set; }

    /// <summary>Where prices stand from now on: bid and ask one tick from the oracle.</summary>
    public ScriptedAccount Price(Market market, decimal oracle)
    {
        _prices[market.Id] = SampleFacts.At(market, oracle);
        return this;
    }

    /// <summary>Prices as a test made them.</summary>
    public void Price(MarketFacts facts) => _prices[facts.Market] = facts;

    /// <summary>Asks the engine, keeps the facts and carries out their effects.</summary>
    public ImmutableArray<JournaledFact> Ask(Request request)
    {
        var decided = Engine.Decide(State, request, Now);
        foreach (var fact in decided)
        {
            State = Engine.Evolve(State, fact);
            _facts.Add(fact);
            OnFact?.Invoke(fact, State);
        }

        foreach (var fact in decided)
        {
            if (AccountEngine.EffectOf(State, fact) is not { } effect) continue;
            _effects.Add(effect);
            Venue.Take(effect);
        }

        return decided;
    }

    /// <summary>Asks for a position.</summary>
    public ImmutableArray<JournaledFact> Enter(Market market, Side side = Side.Buy) => Ask(new Request.Enter(
        SamplePlans.Enter(market.Id, side), _prices[market.Id], [.. _prices.Values]));

    /// <summary>Sends a signal at the prices that are set.</summary>
    public ImmutableArray<JournaledFact> Signal(TradeSignal signal, VenueConfirmation? confirmed = null)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return Ask(new Request.Execute(
            signal, _prices.GetValueOrDefault(signal.Market), [.. _prices.Values], confirmed)
        {
            Depth = Depth,
        });
    }

    /// <summary>What rests against the next signals' orders; empty where nobody knows.</summary>
    public ImmutableArray<DepthLevel> Depth { get; set; } = [];

    /// <summary>What became of a signal.</summary>
    public SignalState Signal(string id) => State.Signals[new SignalId(id)];

    /// <summary>Asks for an end to a position.</summary>
    public ImmutableArray<JournaledFact> Exit(Market market, string rule = "test-exit") =>
        Ask(new Request.Exit(SamplePlans.Exit(market.Id, rule), _prices[market.Id]));

    /// <summary>Values the account at the prices that are set.</summary>
    public ImmutableArray<JournaledFact> Mark() => Ask(new Request.MarkEquity([.. _prices.Values]));

    /// <summary>Hears what the venue reports at one instant.</summary>
    public ImmutableArray<JournaledFact> Hear(params IEnumerable<VenueReport> reports) =>
        Ask(new Request.Hear([.. reports]));

    /// <summary>Lets time pass, and wakes the account as often as it asked to be woken.</summary>
    public void Advance(TimeSpan by)
    {
        var until = Now + by;
        while (AccountEngine.NextWake(State, Now) is { } wake && wake <= until)
        {
            var before = State.Sequence;
            Now = Venue.Now = wake > Now ? wake : Now;
            Ask(new Request.Wake());
            if (State.Sequence == before && AccountEngine.NextWake(State, Now) <= Now)
            {
                throw new InvalidOperationException("The account asks to be woken for nothing.");
            }
        }

        Now = Venue.Now = until;
    }

    /// <summary>Lets time pass and wakes nobody.</summary>
    public void Pass(TimeSpan by) => Now = Venue.Now = Now + by;

    /// <summary>Begins again with nothing but the journal's bytes.</summary>
    public void Restart() => State = Fold(Engine, _facts.Select(fact =>
        FactCodec.Decode(FactCodec.Encode(fact)) ?? throw new JsonException("A fact lost its kind.")));

    /// <summary>The bracket in a market.</summary>
    public Bracket Bracket(Market market) => State.Brackets[market.Id];

    /// <summary>The current order of a role in a market.</summary>
    public ClientOrderId Order(Market market, OrderRole role) => role switch
    {
        OrderRole.Stop => Bracket(market).Stop,
        OrderRole.Entry => Bracket(market).Entry,
        OrderRole.Target => Bracket(market).Target,
        OrderRole.Close => Bracket(market).Close,
        OrderRole.Reduce => Bracket(market).Reduce,
        _ => null,
    } ?? throw new InvalidOperationException($"There is no {role} in {market.Id}.");

    /// <summary>What the current order of a role has become.</summary>
    public OrderState OrderState(Market market, OrderRole role) => State.Order(Order(market, role));

    /// <summary>The venue has the order of a role.</summary>
    public void Opens(Market market, OrderRole role) => Hear(Venue.Opens(Order(market, role)));

    /// <summary>Some of the order of a role is filled, at a fee of 0.05 %.</summary>
    public void Fills(Market market, OrderRole role, decimal size, decimal price) =>
        Hear(Venue.Fills(Order(market, role), size, price, size * price * 0.0005m));

    /// <summary>The order of a role is over.</summary>
    public void Ends(Market market, OrderRole role, OrderEnding ending) =>
        Hear(Venue.Ends(Order(market, role), ending));

    /// <summary>The trigger of the order of a role is reached.</summary>
    public void Triggers(Market market, OrderRole role, decimal oracle) =>
        Hear(Venue.Triggers(Order(market, role), oracle));

    /// <summary>The state that facts make.</summary>
    public static AccountState Fold(AccountEngine engine, IEnumerable<JournaledFact> facts) =>
        facts.Aggregate(AccountState.Empty, engine.Evolve);

    /// <summary>Everything in a state, as text to compare.</summary>
    public static string Text(AccountState state) =>
        System.Text.Encoding.UTF8.GetString(FactCodec.EncodeState(state));
}

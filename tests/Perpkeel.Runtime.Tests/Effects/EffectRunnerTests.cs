using Microsoft.Extensions.Logging;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Effects;
using Perpkeel.Runtime.Guards;
using Perpkeel.Runtime.Tests.Sessions;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Runtime.Tests.Effects;

[Trait("Req", "EXE-4")]
[Trait("Req", "EXE-7")]
public sealed class EffectRunnerTests : IDisposable
{
    private static readonly VenueError Busy = new VenueError.Unavailable("busy", null);

    private readonly CancellationTokenSource _stop = new();
    private readonly ListLogger<EffectRunner> _logger = new();
    private readonly List<IDisposable> _homes = [];

    public void Dispose()
    {
        foreach (var home in _homes) home.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void An_order_that_was_taken_is_sent_once_and_needs_no_fact()
    {
        var (desk, gateway, runner) = Start(new Desk());

        desk.Opened().Entering().Wait(60);

        var (at, order) = Assert.Single(gateway.Sent);
        Assert.Equal((Samples.Start, OrderRole.Stop), (at, order.Role));
        Assert.Equal(OrderPhase.Intended, desk.Order(OrderRole.Stop).Phase);
        Assert.Null(desk.Session.Fault);
    }

    [Fact]
    public void A_refused_order_ends_with_the_venues_code()
    {
        var (desk, gateway, _) = Start(new Desk());
        gateway.Answers.Enqueue(new VenueError.Rejected("clob/10001", "too many"));

        desk.Opened().Entering();

        var rejected = Assert.Single(desk.Facts.OfType<Fact.CallRejected>());
        Assert.Equal(("clob/10001", "too many"), (rejected.Code, rejected.Message));
        Assert.Single(gateway.Sent);
        Assert.Empty(desk.State.Brackets);
    }

    [Fact]
    public void An_unanswered_order_is_looked_up_and_sent_again_only_when_proven_absent_under_the_same_id()
    {
        var (desk, gateway, _) = Start(new Desk());
        gateway.Answers.Enqueue(new VenueError.OutcomeUnknown(new ClientOrderId(1_000)));
        gateway.LookUps.Enqueue(OrderPresence.Unknown);
        gateway.LookUps.Enqueue(Busy);
        gateway.LookUps.Enqueue(OrderPresence.Absent);

        desk.Opened().Entering();
        Assert.Equal(OrderPhase.OutcomeUnknown, desk.Order(OrderRole.Stop).Phase);
        desk.Wait(10);

        Assert.Equal(
            Times(0d, 1_000, 2), gateway.Asked.Select(asked => (asked.At - Samples.Start).TotalSeconds));
        Assert.Equal(2, gateway.Sent.Count);
        Assert.Equal(gateway.Sent[0].Order, gateway.Sent[1].Order);
        Assert.Equal(
            "the books say Absent", Assert.Single(desk.Facts.OfType<Fact.OrderSentAgain>()).Evidence);
        Assert.Equal(OrderPhase.Intended, desk.Order(OrderRole.Stop).Phase);
    }

    [Fact]
    public void An_unanswered_order_that_the_venue_knows_is_not_sent_again()
    {
        var (desk, gateway, _) = Start(new Desk());
        gateway.Answers.Enqueue(new VenueError.OutcomeUnknown(new ClientOrderId(1_000)));

        desk.Opened().Entering().Wait(60);

        Assert.Single(gateway.Sent);
        Assert.Single(gateway.Asked);
        desk.Accept(OrderRole.Stop);
        Assert.Equal(OrderPhase.Open, desk.Order(OrderRole.Stop).Phase);
        Assert.Equal(OrderRole.Entry, gateway.Sent[1].Order.Role);
    }

    [Fact]
    public void A_venue_that_is_not_there_is_tried_again_with_growing_pauses()
    {
        var (desk, gateway, _) = Start(new Desk());
        for (var i = 0; i < EffectRunner.MostAttempts - 1; i++) gateway.Answers.Enqueue(Busy);

        desk.Opened().Entering().Wait(60);

        Assert.Equal(
            Times(0d, 1_000, 4),
            gateway.Sent.Select(sent => (sent.At - Samples.Start).TotalSeconds));
        Assert.Single(gateway.Sent.DistinctBy(sent => sent.Order));
        Assert.Empty(desk.Facts.OfType<Fact.CallRejected>());
        Assert.Equal(4, _logger.Lines.Count(line => line.Contains("busy", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_venue_that_says_when_to_come_back_is_tried_then()
    {
        var (desk, gateway, _) = Start(new Desk());
        gateway.Answers.Enqueue(new VenueError.Unavailable("limit", TimeSpan.FromSeconds(7)));

        desk.Opened().Entering().Wait(60);

        Assert.Equal([0d, 7], gateway.Sent.Select(sent => (sent.At - Samples.Start).TotalSeconds));
    }

    [Fact]
    public void After_so_many_attempts_an_order_counts_as_refused()
    {
        var (desk, gateway, _) = Start(new Desk());
        for (var i = 0; i < EffectRunner.MostAttempts; i++) gateway.Answers.Enqueue(Busy);

        desk.Opened().Entering().Wait(60);

        Assert.Equal(EffectRunner.MostAttempts, gateway.Sent.Count);
        Assert.Equal("unavailable", Assert.Single(desk.Facts.OfType<Fact.CallRejected>()).Code);
    }

    [Fact]
    public void A_cancel_is_sent_again_until_it_is_taken_with_the_time_at_which_it_was_meant()
    {
        var (desk, gateway, _) = Start(new Desk());
        desk.Opened().Entering().Accept(OrderRole.Stop).Accept(OrderRole.Entry);
        gateway.Answers.Enqueue(Busy);
        gateway.Answers.Enqueue(new VenueError.OutcomeUnknown(new ClientOrderId(1_000)));

        desk.Wait(1).End(OrderRole.Entry, OrderEnding.RestDropped).Wait(60);

        var stop = desk.Order(OrderRole.Stop).Intent.ClientId;
        Assert.Equal(
            Times(1d, stop.Value, 2),
            gateway.Cancelled.Select(sent => (sent.At - Samples.Start).TotalSeconds));
        Assert.All(
            gateway.Cancelled,
            sent => Assert.Equal((stop, Samples.Start.AddSeconds(1)), (sent.Id, sent.IntendedAt)));
    }

    [Fact]
    public void A_cancel_that_is_refused_is_repeated_until_the_order_is_over()
    {
        var (desk, gateway, _) = Start(new Desk());
        desk.Opened().Entering().Accept(OrderRole.Stop).Accept(OrderRole.Entry);
        for (var i = 0; i < 100; i++) gateway.Answers.Enqueue(new VenueError.Rejected("clob/3006", "over"));

        desk.End(OrderRole.Entry, OrderEnding.RestDropped).Wait(3);
        desk.End(OrderRole.Stop, OrderEnding.Cancelled);
        var asked = gateway.Cancelled.Count;
        desk.Wait(600);

        Assert.InRange(asked, 3, 6);
        Assert.Equal(asked, gateway.Cancelled.Count);
        Assert.Null(desk.Session.Fault);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(EffectRunner.MostAttempts + 20)]
    public void A_cancel_is_repeated_until_the_venue_takes_it(int failures)
    {
        var (desk, gateway, runner) = Start(new Desk());
        desk.Opened().Entering().Accept(OrderRole.Stop).Accept(OrderRole.Entry);
        for (var i = 0; i < failures; i++) gateway.Answers.Enqueue(Busy);

        desk.End(OrderRole.Entry, OrderEnding.RestDropped).Wait(600);

        Assert.Equal(failures + 1, gateway.Cancelled.Count);
        Assert.Null(desk.Session.Fault);
    }

    [Fact]
    public void After_a_restart_an_order_that_the_venue_lacks_is_sent_again_and_that_is_noted()
    {
        var (desk, gateway) = Restarted(new Desk().Opened().Entering(), OrderPresence.Absent);

        Assert.Equal(OrderRole.Stop, Assert.Single(gateway.Sent).Order.Role);
        Assert.Equal(("order-looked-up", "sent again: the books say Absent"), NoteOf(desk));
        Assert.Empty(desk.Facts);
    }

    [Fact]
    public void After_a_restart_an_order_that_the_venue_has_is_awaited_and_that_is_noted()
    {
        var (desk, gateway) = Restarted(new Desk().Opened().Entering(), OrderPresence.Known);

        Assert.Empty(gateway.Sent);
        Assert.Equal(("order-looked-up", "awaited: the books say Known"), NoteOf(desk));
    }

    [Fact]
    public void After_a_restart_an_order_that_nobody_can_tell_of_is_asked_for_until_somebody_can()
    {
        var (desk, gateway) = Restarted(
            new Desk().Opened().Entering(),
            OrderPresence.Unknown, OrderPresence.Unknown, OrderPresence.Absent);
        Assert.Empty(gateway.Sent);

        desk.Wait(60);

        Assert.Equal(3, gateway.Asked.Count);
        Assert.Single(gateway.Sent);
        Assert.Single(desk.Facts.OfType<Fact.OrderSentAgain>());
    }

    [Fact]
    [Trait("Req", "EXE-4")]
    public void After_a_restart_an_entry_of_long_ago_is_given_up_and_not_sent()
    {
        var before = new Desk().Opened().Entering().Accept(OrderRole.Stop);
        Assert.Equal(OrderPhase.Intended, before.Order(OrderRole.Entry).Phase);
        var entry = before.Order(OrderRole.Entry).Intent.ClientId;
        var (desk, gateway, runner) = Start(before.Restarted(before.Clock.Now.AddHours(3)));
        gateway.LookUps.Enqueue(OrderPresence.Absent);

        Assert.True(runner.RecoverAsync().IsCompletedSuccessfully);
        desk.Instant();

        Assert.Empty(gateway.Sent);
        Assert.Equal(entry, Assert.Single(desk.Facts.OfType<Fact.CallRejected>()).ClientId);
    }

    [Fact]
    public void After_a_restart_a_look_up_that_fails_is_noted_and_repeated()
    {
        var (desk, gateway) = Restarted(new Desk().Opened().Entering(), Busy, OrderPresence.Absent);

        desk.Wait(60);

        Assert.Equal("order-look-up-failed", NoteOf(desk).Kind);
        Assert.Single(gateway.Sent);
    }

    [Fact]
    public void After_a_restart_a_cancel_whose_end_was_not_heard_of_is_sent_again_and_that_is_noted()
    {
        var before = new Desk().Opened().Entering().Accept(OrderRole.Stop).Accept(OrderRole.Entry)
            .Wait(1).End(OrderRole.Entry, OrderEnding.RestDropped);

        var (desk, gateway) = Restarted(before);

        Assert.Equal(Samples.Start.AddSeconds(1), Assert.Single(gateway.Cancelled).IntendedAt);
        Assert.Equal("cancel-sent-again", NoteOf(desk).Kind);
        Assert.Empty(gateway.Asked);
    }

    [Fact]
    public void An_alarm_is_told_the_user()
    {
        var (desk, _, _) = Start(new Desk());

        desk.Holding().Wait(3).End(OrderRole.Stop, OrderEnding.Cancelled).Wait(6);

        Assert.Contains(
            _logger.Lines, line => line.StartsWith("Critical: BTC-USD", StringComparison.Ordinal));
    }

    [Fact]
    public void A_call_that_breaks_is_the_runs_fault()
    {
        var (desk, gateway, runner) = Start(new Desk());
        var error = new InvalidOperationException("broken");
        gateway.Answers.Enqueue(error);

        desk.Opened().Entering();

        Assert.Same(error, desk.Session.Fault);
    }

    [Fact]
    public void A_run_that_ends_while_a_call_waits_has_no_fault()
    {
        var (desk, gateway, runner) = Start(new Desk());
        gateway.Answers.Enqueue(Busy);
        desk.Opened().Entering();

        _stop.Cancel();
        desk.Wait(60);

        Assert.Null(desk.Session.Fault);
        Assert.Single(gateway.Sent);
    }

    private (Desk Desk, ScriptedGateway Gateway, EffectRunner Runner) Start(Desk desk)
    {
        _homes.Add(desk.Clock.Enter());
        var gateway = new ScriptedGateway(desk.Clock);
        return (desk, gateway, new EffectRunner(desk.Session, gateway, desk.Clock, _logger, _stop.Token));
    }

    /// <summary>What the next process does about what this one has left, when the venue answers so.</summary>
    private (Desk Desk, ScriptedGateway Gateway) Restarted(Desk before, params object[] lookUps)
    {
        var (desk, gateway, runner) = Start(before.Restarted());
        foreach (var answer in lookUps) gateway.LookUps.Enqueue(answer);
        Assert.True(runner.RecoverAsync().IsCompletedSuccessfully);
        desk.Instant();
        return (desk, gateway);
    }

    /// <summary>When something is tried that fails so often: the waits grow, in whole milliseconds.</summary>
    private static IEnumerable<double> Times(double first, uint id, int failures)
    {
        var at = Samples.Start.AddSeconds(first);
        yield return first;
        for (var attempt = 1; attempt <= failures; attempt++)
        {
            at += TimeSpan.FromMilliseconds((long)Backoff.After(attempt, id, null).TotalMilliseconds);
            yield return (at - Samples.Start).TotalSeconds;
        }
    }

    private static (string Kind, string What) NoteOf(Desk desk)
    {
        var note = Assert.Single(desk.Log.Recovery(Desk.Account.ToString()));
        using var text = System.Text.Json.JsonDocument.Parse(note.Text);
        return (note.Kind, text.RootElement.GetProperty("what").GetString()!);
    }

    private sealed class ListLogger<T> : ILogger<T>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}

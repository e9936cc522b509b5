using System.Text;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;
using Perpkeel.Testing.Live;
using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>Every fault at every step of an execution; the page of the results is written by it.</summary>
[Trait("Req", "EXE-4")]
[Trait("Req", "EXE-6")]
public sealed class FaultTableTests(ITestOutputHelper output)
{
    private static readonly (string Name, OrderScript Script)[] SendFaults =
    [
        ("none", OrderScript.Usual),
        ("answer lost after it came", new() { Answer = CallAnswer.Lost }),
        ("answer lost before it came", new() { Answer = CallAnswer.Lost, Arrives = false }),
        ("lost twice before it came", new() { Answer = CallAnswer.Lost, Arrives = false, Times = 2 }),
        ("comes after its answer was given up", new()
        {
            Answer = CallAnswer.Lost,
            ArrivesAfter = TimeSpan.FromSeconds(4),
        }),
        ("refused with a code", new() { Answer = CallAnswer.Refused }),
        ("always refused with a code", new() { Answer = CallAnswer.Refused, Times = int.MaxValue }),
        ("rejected by report", new() { IsRejected = true }),
        ("unavailable twice", new() { Answer = CallAnswer.Unavailable, Times = 2 }),
        ("unavailable, asks for 3 s", new()
        {
            Answer = CallAnswer.Unavailable,
            RetryAfter = TimeSpan.FromSeconds(3),
        }),
        ("unavailable for good", new() { Answer = CallAnswer.Unavailable, Times = int.MaxValue }),
        ("answer 8 s late", new() { AnswerAfter = TimeSpan.FromSeconds(8) }),
        ("comes 8 s late", new()
        {
            ArrivesAfter = TimeSpan.FromSeconds(8),
            AnswerAfter = TimeSpan.FromSeconds(9),
        }),
        ("dropped on arrival", new() { DroppedAfter = TimeSpan.FromMilliseconds(20) }),
        ("expires after 20 s", new() { DroppedAfter = TimeSpan.FromSeconds(20) }),
        ("filled in part, rest dropped", new() { Parts = [0.25m, 0.25m] }),
    ];

    private static readonly (string Name, CancelScript Script)[] CancelFaults =
    [
        ("none", CancelScript.Usual),
        ("answer lost after it came", new() { Answer = CallAnswer.Lost }),
        ("answer lost before it came", new() { Answer = CallAnswer.Lost, Arrives = false, Times = 2 }),
        ("unavailable twice", new() { Answer = CallAnswer.Unavailable, Times = 2 }),
        ("refused by report", new() { IsRefused = true }),
        ("too late: filled before", new() { IsTooLate = true }),
    ];

    private static readonly (string Name, Action<FaultLife> Happens)[] Events =
    [
        ("report before the answer, and twice", life =>
        {
            life.Venue.TellsTwice = true;
            life.Venue.ReportDelay = TimeSpan.Zero;
        }),
        ("reports 3 s late", life => life.Venue.ReportDelay = TimeSpan.FromSeconds(3)),
        ("process restarts", life => life.Live.Kill()),
        ("price falls beyond the stop", life => life.Live.Price(SampleMarkets.Btc, 49_000m)),
        ("price reaches the target", life => life.Live.Price(SampleMarkets.Btc, 52_000m)),
        ("stop vanishes", life => life.Venue.Drop(OrderRole.Stop)),
        ("all that rests vanishes", life =>
        {
            life.Venue.Drop(OrderRole.Target, OrderEnding.Cancelled);
            life.Venue.Drop(OrderRole.Stop, OrderEnding.Cancelled);
        }),
        ("next three stops are rejected", life =>
        {
            for (var i = 0; i < 3; i++) life.Venue.Next(OrderRole.Stop, new() { IsRejected = true });
            life.Venue.Drop(OrderRole.Stop);
        }),
        ("position is liquidated", life => life.Venue.Liquidate(SampleMarkets.Btc)),
        ("5,000 come in", life => life.Venue.Deposit(5_000m)),
        ("5,000 go out", life => life.Venue.Deposit(-5_000m)),
        ("user stops", life => life.Live.Ask(new Request.Stop("user", "enough"))),
        ("user flattens", life => life.Live.Ask(new Request.Flatten("user", "enough"))),
        ("account cannot be asked", life =>
            life.Venue.Reads.Fails = new Venues.AccountError.VenueDown(503, "maintenance")),
    ];

    [Fact]
    public void Every_fault_at_every_step_ends_without_doubles_bare_positions_or_leaks()
    {
        var page = new FaultPage();

        foreach (var (name, script) in SendFaults)
        {
            page.Row("An order", name, FaultStep.Sends, step => Life(name, step, life =>
            {
                life.Venue.Next(step.Role, script);
                life.Begin();
            }));
        }

        foreach (var (name, script) in CancelFaults)
        {
            page.Row("A cancellation", name, FaultStep.Cancels, step => Life(name, step, life =>
            {
                life.Venue.NextCancel(step.Role, script);
                life.Begin();
            }));
        }

        foreach (var (name, happens) in Events)
        {
            page.Row("While an order is under way", name, FaultStep.Moments, step => Life(name, step, life =>
            {
                life.Begin(untilSent: true);
                happens(life);
            }));
        }

        output.WriteLine($"{page.Cells} cells, {page.Failures.Count} failed");
        Assert.Empty(page.Failures);
        page.Matches();
    }

    private static string Life(string fault, FaultStep step, Action<FaultLife> run)
    {
        using var life = new FaultLife(fault, step);
        run(life);
        return life.Conclude();
    }
}

/// <summary>The page of the results.</summary>
internal sealed class FaultPage
{
    private const string Intro = """
        # What happens when something goes wrong

        Each cell is one execution against a venue in memory, with one fault at one step, to its end: what
        became of the signal, how long the position stood without a stop for all of it (nothing is said where
        it never did), and whether the alarm was raised. Beyond the deadline of 5 s the account closes the
        position, as its policy in these runs is. In every cell: no order was placed twice, no position was
        bare beyond the deadline without an alarm, and after the account was flattened no reservation, order
        or position was left, and its balance was the venue's. A test writes this page.
        """;

    private readonly StringBuilder _text = new();
    private string? _table;

    public int Cells { get; private set; }

    public List<string> Failures { get; } = [];

    public void Row(string table, string name, IReadOnlyList<FaultStep> steps, Func<FaultStep, string> cell)
    {
        if (!string.Equals(_table, table, StringComparison.Ordinal))
        {
            _table = table;
            var names = string.Join(" | ", steps.Select(step => step.Name));
            _text.Append($"\n## {table}\n\n| Fault | {names} |\n|---|");
            _text.Append(string.Concat(steps.Select(_ => "---|"))).Append('\n');
        }

        _text.Append($"| {name} |");
        foreach (var step in steps)
        {
            Cells++;
            try
            {
                _text.Append($" {cell(step)} |");
            }
            catch (Exception error) when (error is Xunit.Sdk.XunitException or InvalidOperationException)
            {
                Failures.Add($"{name} at {step.Name}: {error.Message}");
                _text.Append(" failed |");
            }
        }

        _text.Append('\n');
    }

    public void Matches()
    {
        var path = Path.Combine(RepositoryRoot.Find(), "docs", "execution-faults.md");
        var actual = $"{Intro}\n\n{Cells} cells.\n{_text}";
        if (ExecutedDocument.IsUpdate) File.WriteAllText(path, actual);

        Assert.Equal(File.ReadAllText(path), actual);
    }
}

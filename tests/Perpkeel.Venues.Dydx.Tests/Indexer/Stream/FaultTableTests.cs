using System.Globalization;
using System.Text;
using Perpkeel.Testing;
using Perpkeel.Venues.Dydx.Indexer.Stream;
using Perpkeel.Venues.Sockets;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Stream;

/// <summary>
/// Whatever happens on the way, book and account are right in the end; the table of that is a document.
/// </summary>
[Trait("Req", "RX-1")]
[Trait("Req", "VEN-1")]
public sealed class FaultTableTests
{
    private const string Begin = "<!-- faults: written by FaultTableTests -->";
    private const string End = "<!-- faults end -->";

    private static readonly IReadOnlyList<(string Name, Func<StreamScene, Task> Body)> Faults =
    [
        ("nothing", _ => Task.CompletedTask),
        ("connection cut", Cut(new FrameFault.Lost("reset"))),
        ("server restarts (1012)", Cut(new FrameFault.Closed(1012, "restart"))),
        ("connection cut, and nobody answers ten times", async scene =>
        {
            scene.Dialer.Failures = 10;
            await Cut(new FrameFault.Lost("reset"))(scene);
        }),
        ("a message lost", scene =>
        {
            scene.Change();
            return Task.CompletedTask;
        }),
        ("a hundred messages lost", scene =>
        {
            for (var i = 0; i < 100; i++) scene.Change();
            return Task.CompletedTask;
        }),
        ("two thousand messages lost", scene =>
        {
            for (var i = 0; i < 2_000; i++) scene.Change();
            return Task.CompletedTask;
        }),
        ("messages in another order", scene =>
        {
            var changes = Enumerable.Range(0, 20).Select(_ => scene.Change()).ToList();
            changes.Reverse();
            changes.ForEach(scene.Say);
            return Task.CompletedTask;
        }),
        ("messages twice", scene =>
        {
            var changes = Enumerable.Range(0, 20).Select(_ => scene.Change()).ToList();
            changes.ForEach(scene.Say);
            changes.ForEach(scene.Say);
            return Task.CompletedTask;
        }),
        ("everything five seconds late", async scene =>
        {
            scene.Lag = TimeSpan.FromSeconds(5);
            await scene.LiveAsync(40);
        }),
        ("silence on an open connection", async scene =>
        {
            scene.IsMute = true;
            await scene.LiveAsync(100);
            await scene.WaitAsync(20);
            scene.IsMute = false;
        }),
        ("connection opens and nobody greets", async scene =>
        {
            scene.IsMute = true;
            scene.Cut(new FrameFault.Lost("reset"));
            await scene.LiveAsync(300);
            scene.IsMute = false;
        }),
        ("a picture older than the changes before it", async scene =>
        {
            scene.PictureLag = TimeSpan.FromSeconds(2);
            scene.TellsEarly = true;
            scene.Cut(new FrameFault.Lost("reset"));
            await scene.LiveAsync(60);
            scene.PictureLag = TimeSpan.Zero;
        }),
        ("a picture twenty seconds late", async scene =>
        {
            scene.PictureLag = TimeSpan.FromSeconds(20);
            scene.Cut(new FrameFault.Lost("reset"));
            await scene.WaitAsync(25);
            scene.PictureLag = TimeSpan.Zero;
            scene.Cut(new FrameFault.Lost("reset"));
        }),
        ("a picture that never comes", async scene =>
        {
            scene.PictureLag = TimeSpan.FromHours(1);
            scene.Cut(new FrameFault.Lost("reset"));
            await scene.WaitAsync(5);
            scene.PictureLag = TimeSpan.Zero;
        }),
        ("a frame that is no JSON", Frame("{\"type\":\"channel_data\",\"mess")),
        ("a level off the grid", Odd("ETH-USD", """{"bids":[["99.95","1"]]}""")),
        ("a price in words", Odd("ETH-USD", """{"bids":[["dear","1"]]}""")),
        ("contents that are none", Odd("ETH-USD", "null")),
        ("a field that nobody knows", Odd("ETH-USD", """{"bids":[],"news":[{"a":[1,2]}]}""")),
        ("a message of a market that nobody asked for", Odd("XXX-USD", """{"bids":[["99.9","1"]]}""")),
        ("a change that the server itself lost", async scene =>
        {
            scene.Lose();
            await scene.WaitAsync(1);
        }),
        ("a frame of five megabytes", scene =>
        {
            scene.Say((1, new string(' ', 5 << 20)));
            return Task.CompletedTask;
        }),
        ("an error for the book", Frame(
            """
            {"type":"error","message":"Internal error, could not fetch data for subscription: v4_orderbook.",
            "message_id":3,"channel":"v4_orderbook","id":"ETH-USD"}
            """)),
    ];

    [Fact]
    public void Whatever_happens_book_and_account_are_right_in_the_end()
    {
        var table = new StringBuilder(
            "| what happens | noticed as | right again after | connections | book | account |\n"
            + "|---|---|--:|--:|---|---|\n");
        var wrong = new List<string>();
        foreach (var (name, body) in Faults)
        {
            var (row, isRight) = Row(name, body);
            table.Append(row).Append('\n');
            if (!isRight) wrong.Add(row);
        }

        Assert.Empty(wrong);
        var file = Path.Combine(RepositoryRoot.Find(), "docs", "venues", "dydx-indexer.md");
        var text = File.ReadAllText(file);
        var from = text.IndexOf(Begin, StringComparison.Ordinal);
        var to = text.IndexOf(End, StringComparison.Ordinal);
        var written = $"{text[..from]}{Begin}\n\n{table}\n{text[to..]}";
        if (Environment.GetEnvironmentVariable("PERPKEEL_UPDATE_GOLDENS") is "1")
        {
            File.WriteAllText(file, written);
        }

        Assert.Equal(File.ReadAllText(file), written);
    }

    private static (string Row, bool IsRight) Row(string name, Func<StreamScene, Task> body) =>
        VirtualTime.Run(async clock =>
        {
            using var scene = new StreamScene(clock);
            var row = string.Empty;
            var isRight = false;
            await scene.RunAsync(async () =>
            {
                await scene.LiveAsync(50);
                Assert.True(scene.IsBookRight() && scene.IsAccountRight(), $"{name}: wrong before it");
                await body(scene);
                var began = clock.Now;
                await scene.LiveAsync(20);
                var last = began + TimeSpan.FromSeconds(300);
                while (clock.Now < last && !IsRight(scene)) await scene.WaitAsync(0.25);
                var took = clock.Now - began - TimeSpan.FromSeconds(2);
                await scene.WaitAsync(60);
                isRight = IsRight(scene);
                row = string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {Noticed(scene)} | {took.TotalSeconds:0.#} s | {scene.Dialer.Tries} "
                    + $"| {(scene.IsBookRight() ? "right" : "WRONG")} "
                    + $"| {(scene.IsAccountRight() ? "right" : "WRONG")} |");
            });
            return (row, isRight);
        });

    private static bool IsRight(StreamScene scene) =>
        scene.IsBookRight() && scene.IsAccountRight() && scene.Book.State == SubscriptionState.Live;

    private static string Noticed(StreamScene scene)
    {
        var codes = new[] { scene.Book.LastFault, scene.Account.LastFault, scene.Socket.LastFaults[0] }
            .Where(fault => fault is not null).Select(fault => $"`{fault!.Code}`")
            .Distinct(StringComparer.Ordinal).ToList();
        var figures = scene.Socket.Figures;
        if (figures.Duplicates > 0) codes.Add("duplicates dropped");
        if (codes.Count == 0 && figures.Strays > 0) codes.Add("passed over");
        return codes.Count == 0 ? "-" : string.Join(", ", codes);
    }

    private static Func<StreamScene, Task> Cut(FrameFault fault) => async scene =>
    {
        scene.Cut(fault);
        await scene.LiveAsync(30);
    };

    private static Func<StreamScene, Task> Odd(string id, string contents) => scene =>
    {
        scene.Say(scene.Data("v4_orderbook", id, contents));
        return Task.CompletedTask;
    };

    private static Func<StreamScene, Task> Frame(string frame) => scene =>
    {
        scene.Say((1, frame));
        return Task.CompletedTask;
    };
}

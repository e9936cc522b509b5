using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Executing;

/// <summary>A person at the command, and a run that trades only what the person asks for.</summary>
[Trait("Req", "CLI-2")]
public sealed class ExecutingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Data => _folder.File("data");

    [Fact]
    [Trait("Req", "EXE-1")]
    [Trait("Req", "EXE-8")]
    public async Task A_signal_goes_through_the_whole_path_and_the_same_one_again_does_not()
    {
        await using var run = await StartAsync();

        var preview = await AskAsync(
            "execute", "--market", "BTC-USD", "--side", "buy", "--stop", "1.5%", "--dry-run");
        var orders = await AskAsync("orders");
        var first = await AskAsync(
            "execute", "--market", "BTC-USD", "--side", "buy", "--stop", "1.5%", "--id", "t-1");
        var again = await AskAsync(
            "execute", "--market", "BTC-USD", "--side", "buy", "--stop", "1.5%", "--id", "t-1");
        var held = await AskAsync("positions");
        var reduced = await AskAsync(
            "execute", "--market", "BTC-USD", "--action", "reduce", "--size", "0.01");
        var closed = await AskAsync("execute", "--market", "BTC-USD", "--action", "close");
        var story = await AskAsync("explain", "t-1");

        Assert.Equal("would-be-sent", preview.Text("outcome"));
        Assert.Equal(
            ["balance", "leverage", "margin", "size", "reserve"],
            preview.Json.GetProperty("steps").EnumerateArray().Select(step =>
                step.GetProperty("name").GetString()!),
            StringComparer.Ordinal);
        Assert.Empty(orders.Json.GetProperty("orders").EnumerateArray());
        Assert.Equal((ExitCode.Ok, "filled"), (first.Code, first.Text("outcome")));
        Assert.Equal(first.Text("filled"), again.Text("filled"));
        Assert.True(again.Json.GetProperty("isRepeat").GetBoolean());
        var position = Assert.Single(held.Json.GetProperty("positions").EnumerateArray());
        Assert.Equal("manual", position.GetProperty("owner").GetString());
        Assert.Equal((ExitCode.Ok, "filled"), (reduced.Code, reduced.Text("outcome")));
        Assert.Equal((ExitCode.Ok, "signal"), (closed.Code, closed.Text("outcome")));
        Assert.Contains("signal t-1", story.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "USR-5")]
    [Trait("Req", "USR-7")]
    public async Task Stop_resume_switch_and_flatten_hold_for_a_running_account()
    {
        await using var run = await StartAsync("--halted");

        var halted = await AskAsync("execute", "--market", "ETH-USD", "--side", "sell", "--stop", "2%");
        var resumed = await AskAsync("resume");
        var opened = await AskAsync("execute", "--market", "ETH-USD", "--side", "sell", "--stop", "2%");
        var off = await AskAsync("switch", "signals", "off");
        var refused = await AskAsync("execute", "--market", "BTC-USD", "--side", "sell", "--stop", "2%");
        var asked = await RunAsync("flatten", "--data", Data);
        var flat = await AskAsync("flatten", "--yes", "--reason", "enough");

        Assert.Equal((ExitCode.Failed, "stopped"), (halted.Code, halted.Text("outcome")));
        Assert.False(resumed.Json.GetProperty("isStopped").GetBoolean());
        Assert.Equal("filled", opened.Text("outcome"));
        Assert.Equal("signals", off.Json.GetProperty("switchedOff")[0].GetString());
        Assert.Equal("switched-off", refused.Text("outcome"));
        Assert.Contains("--yes", Assert.Single(asked.Errors), StringComparison.Ordinal);
        Assert.True(flat.Json.GetProperty("isStopped").GetBoolean());
        Assert.Equal("ETH-USD", flat.Json.GetProperty("closing")[0].GetString());
    }

    [Fact]
    [Trait("Req", "BAL-2")]
    [Trait("Req", "LEV-2")]
    public async Task Balance_and_leverage_come_from_the_venue_while_it_runs()
    {
        await using var run = await StartAsync();

        var balance = await AskAsync("balance");
        var leverage = await AskAsync("leverage");
        var text = await RunAsync("balance", "--data", Data);
        var geared = await RunAsync("leverage", "--data", Data);

        Assert.Equal("10000", balance.Text("venueTotal"));
        Assert.Equal(("0", "25", "healthy"),
            (leverage.Text("used"), leverage.Text("max"), leverage.Text("health")));
        Assert.Contains("at the venue", text.Out, StringComparison.Ordinal);
        Assert.Contains("0x of 25x", geared.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "USR-5")]
    public async Task A_stopped_account_is_stopped_by_its_journal_and_the_next_start_finds_it()
    {
        await SummaryAsync(Data, [.. LiveRun.Quiet, "--duration", "2m"]);

        var unconfirmed = await RunAsync("stop", "--data", Data);
        var world = World() with { HasTerminal = true, In = new StringReader("yes\n") };
        var stopped = await RunAsync(world, "stop", "--data", Data, "--reason", "holidays");
        var flatten = await RunAsync("flatten", "--yes", "--data", Data);
        var balance = await AskAsync("balance");
        await using (var run = await StartAsync())
        {
            var refused = await AskAsync("execute", "--market", "BTC-USD", "--side", "buy", "--stop", "2%");
            Assert.Contains("holidays", refused.Out, StringComparison.Ordinal);
        }

        var resumed = await AskAsync("resume");

        Assert.Equal(ExitCode.Failed, unconfirmed.Code);
        Assert.Equal(ExitCode.Ok, stopped.Code);
        Assert.Contains("new risk is stopped by command", stopped.Out, StringComparison.Ordinal);
        Assert.Contains("--halted", Assert.Single(flatten.Errors), StringComparison.Ordinal);
        Assert.Equal("10000", balance.Text("equity"));
        Assert.False(resumed.Json.GetProperty("isStopped").GetBoolean());
    }

    [Fact]
    [Trait("Req", "USR-5")]
    public async Task An_account_whose_process_was_killed_can_be_stopped_before_it_starts_again()
    {
        await SummaryAsync(Data, [.. LiveRun.Quiet, "--duration", "1m"]);
        await File.WriteAllTextAsync(
            Path.Combine(Data, "control.sock"), "", TestContext.Current.CancellationToken);

        var stopped = await AskAsync("stop", "--yes", "--reason", "killed");

        Assert.True(stopped.Json.GetProperty("isStopped").GetBoolean());
    }

    [Fact]
    public async Task Without_a_run_nothing_is_sent_and_the_mend_is_told()
    {
        await SummaryAsync(Data, [.. LiveRun.Quiet, "--duration", "1m"]);

        var told = await RunAsync(
            "execute", "--market", "BTC-USD", "--side", "buy", "--stop", "2%", "--data", Data);

        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.Contains("perpkeel run", Assert.Single(told.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--side", "up")]
    [InlineData("--action", "double")]
    [InlineData("--time", "fok")]
    [InlineData("--size", "-1")]
    [InlineData("--stop", "x")]
    public async Task What_makes_no_sense_is_a_usage_error(string option, string value)
    {
        var told = await RunAsync("execute", "--market", "BTC-USD", option, value);

        Assert.Equal(ExitCode.Usage, told.Code);
        Assert.Contains(option, told.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<Told> AskAsync(params string[] words) => RunAsync([.. words, "--json", "--data", Data]);

    private Task<LiveRun> StartAsync(params string[] more) => LiveRun.TradingAsync(Data, more);
}

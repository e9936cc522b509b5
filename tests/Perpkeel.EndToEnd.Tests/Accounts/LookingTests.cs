using System.Globalization;
using System.Text.Json;
using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Control;
using Perpkeel.Cli.Running;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Accounts;

/// <summary>The verbs that only look, on a run that is there and on one that is not.</summary>
[Trait("Req", "CLI-1")]
[Trait("Req", "CLI-2")]
public sealed class LookingTests(TradedFolder traded) : IClassFixture<TradedFolder>
{
    [Theory]
    [InlineData("positions")]
    [InlineData("orders")]
    [InlineData("orders", "--all")]
    public async Task A_stopped_account_is_told_as_a_table(params string[] verb)
    {
        var told = await RunAsync([.. verb, "--data", traded.Path]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        var name = string.Join('-', verb.Select(word => word.TrimStart('-')));
        Golden.Matches($"account-stopped-{name}", told.Out);
    }

    [Fact]
    public async Task A_running_account_is_told_with_prices_of_now()
    {
        var folder = traded.Copy("running");
        await using var run = await LiveRun.FreezeAsync(folder, TradedFolder.Run);

        var positions = await RunAsync("positions", "--data", folder);
        var orders = await RunAsync("orders", "--data", folder);
        var json = await RunAsync("positions", "--data", folder, "--json");
        var all = await RunAsync("orders", "--all", "--data", folder, "--json");
        var ended = await run.StopAsync();

        Golden.Matches("account-running-positions", positions.Out);
        Golden.Matches("account-running-orders", orders.Out);
        Assert.True(IsRunning(json));
        foreach (var row in json.Json.GetProperty("positions").EnumerateArray())
        {
            Assert.Equal(JsonValueKind.String, row.GetProperty("last").ValueKind);
        }

        Assert.Equal(ended.Count("orders"), all.Json.GetProperty("orders").GetArrayLength());
        Assert.Equal((ExitCode.Ok, ""), (ended.Code, ended.Error));
        Assert.False(File.Exists(Path.Combine(folder, ControlPlace.SocketName)));
    }

    [Fact]
    public async Task Profit_realised_and_not_adds_up_to_the_equity()
    {
        var told = await RunAsync("positions", "--data", traded.Path, "--json");
        Assert.True(JournalAccount.Read(traded.Path).TryGet(out var account, out _));

        var (state, view) = (account.View.State, account.View);
        var equity = Core.Engine.AccountMath.Equity(state, view.Mark).Value;
        var made = told.Json.GetProperty("positions").EnumerateArray()
            .Sum(row => Amount(row, "unrealised") + Amount(row, "realised"));
        Assert.NotEmpty(told.Json.GetProperty("positions").EnumerateArray());
        Assert.Equal(equity, state.Totals.Deposits.Value + state.Totals.Realised.Value + made, 4);
    }

    [Fact]
    [Trait("Req", "QA-1")]
    public async Task Asking_changes_no_journal()
    {
        using var folder = new TempFolder();
        var alone = await SummaryAsync(folder.File("alone"), [.. Eager, "--duration", "6m"]);
        var asked = LiveRun.Start(
            folder.File("asked"), ["--speed", "max", .. Eager, "--duration", "6m"]);
        var answers = 0;
        while (!asked.Ended.IsCompleted)
        {
            foreach (var verb in (string[])["positions", "orders"])
            {
                var told = await RunAsync(verb, "--json", "--data", folder.File("asked"));
                if (told.Code == 0 && IsRunning(told)) answers++;
            }
        }

        Assert.Equal(alone.Hashes, (await asked.Ended).Hashes);
        Assert.True(answers > 10, $"{answers} answers");
        await asked.DisposeAsync();
    }

    [Fact]
    [Trait("Req", "STA-3")]
    public async Task A_killed_run_leaves_a_socket_that_misleads_nobody_and_that_the_next_run_replaces()
    {
        using var folder = new TempFolder("killed");
        var data = folder.File("data");
        Assert.True(await Running.Kills.RunAndKillAsync(
            folder.Path, data, Eager, afterRecords: 20));
        var socket = ControlPlace.Find(data);
        Assert.True(File.Exists(socket));

        var stopped = await RunAsync("positions", "--json", "--data", data);
        await using var run = await LiveRun.FreezeAsync(data);
        var running = await RunAsync("positions", "--json", "--data", data);
        await run.StopAsync();

        Assert.False(IsRunning(stopped));
        Assert.True(IsRunning(running));
        Assert.Null(ControlPlace.Find(data));
        Assert.False(File.Exists(socket));
    }

    [Fact]
    public async Task A_recording_s_account_is_read_by_what_the_run_noted_and_else_the_mend_is_said()
    {
        using var folder = new TempFolder();
        var data = folder.File("data");
        await SummaryAsync(
            data, [.. Eager, "--duration", "5h", "--replay", Recording.Write(folder.File("c"), rows: 400)]);

        var noted = await RunAsync("positions", "--data", data);
        File.Delete(Path.Combine(data, RunFile.Name));
        var bare = await RunAsync("positions", "--data", data);

        Assert.Equal((ExitCode.Ok, ""), (noted.Code, noted.Error));
        Assert.Equal(ExitCode.Failed, bare.Code);
        Assert.Matches(
            "^error: .*: it does not say which markets paper/replay-[0-9a-f]{12}/local trades: run.json is "
            + "missing. perpkeel run with the same folder and recording writes it.\n$",
            bare.Error);
    }

    [Fact]
    public async Task A_synthetic_account_is_read_also_without_what_the_run_noted()
    {
        var folder = traded.Copy("bare");
        await File.WriteAllTextAsync(
            Path.Combine(folder, RunFile.Name), "{", TestContext.Current.CancellationToken);

        var told = await RunAsync("positions", "--data", folder);

        Assert.Equal((await RunAsync("positions", "--data", traded.Path)).Out, told.Out);
    }

    [Theory]
    [InlineData("positions")]
    [InlineData("orders")]
    public async Task Where_nothing_is_the_mend_is_said(string verb)
    {
        using var folder = new TempFolder();

        var told = await RunAsync(verb, "--data", folder.Path);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Equal(
            $"error: {folder.Path}: no journal is there. Name the folder that run was given with --data.",
            Assert.Single(told.Errors));
    }

    private static bool IsRunning(Told told) =>
        told.Json.GetProperty("head").GetProperty("isRunning").GetBoolean();

    private static decimal Amount(JsonElement row, string name) =>
        decimal.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}

using System.Text.Json;
using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Accounts.Sizing;
using Perpkeel.Cli.Control;
using Perpkeel.Cli.Control.Handlers;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Accounts;

[Trait("Req", "CLI-2")]
[Trait("Req", "SIZ-2")]
public sealed class SizeTests(TradedFolder traded) : IClassFixture<TradedFolder>
{
    [Theory]
    [InlineData("stopped", "--market", "btc-usd", "--side", "buy", "--stop", "102000")]
    [InlineData("given", "--market", "ETH-USD", "--side", "sell", "--stop", "2650", "--price", "2600")]
    [InlineData(
        "risk", "--market", "BTC-USD", "--side", "buy", "--stop", "90000.5", "--price", "104k", "--risk",
        "0.1%")]
    public async Task All_limits_are_told_and_the_binding_one_is_marked(string name, params string[] question)
    {
        var told = await RunAsync(["size", .. question, "--data", traded.Path]);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Golden.Matches($"size-{name}", told.Out);
    }

    [Fact]
    public async Task A_run_is_asked_for_its_price_and_says_what_would_refuse_an_entry()
    {
        var folder = traded.Copy("sized");
        await using var run = await LiveRun.FreezeAsync(folder, TradedFolder.Run);

        var told = await RunAsync(
            "size", "--market", "BTC-USD", "--side", "buy", "--stop", "102000", "--data", folder);
        var json = await RunAsync(
            "size", "--market", "BTC-USD", "--side", "buy", "--stop", "102000", "--data", folder, "--json");
        var unknown = await RunAsync(
            "size", "--market", "PEPE-USD", "--side", "buy", "--stop", "1", "--data", folder);

        Golden.Matches("size-running", told.Out);
        Assert.Equal("ask", json.Text("entryFrom"));
        Assert.Single(
            json.Json.GetProperty("limits").EnumerateArray(),
            limit => limit.GetProperty("isBinding").GetBoolean());
        Assert.Equal(
            "market-owned", json.Json.GetProperty("refusal").GetProperty("code").GetString());
        Assert.Equal(
            "error: There is no market PEPE-USD. "
            + "There are BTC-USD, DOGE-USD, ETH-USD, LINK-USD, SOL-USD, XRP-USD.",
            Assert.Single(unknown.Errors));
    }

    /// <summary>The verb repeats what the engine does: on each of its plans both must agree.</summary>
    [Fact]
    public void It_is_the_size_that_the_engine_planned_from_the_same_account_prices_and_limits()
    {
        Assert.True(JournalAccount.Read(traded.Path).TryGet(out var account, out _));
        var engine = new AccountEngine(account.View.Markets.Values, account.View.Limits);
        var state = AccountState.Empty;
        var plans = 0;
        foreach (var fact in account.Facts)
        {
            if (fact.Fact is Fact.EntryPlanned { Bracket: var bracket } planned && state.Positions.IsEmpty)
            {
                var view = account.View with
                {
                    State = state,
                    Now = fact.At,
                    Prices = new Dictionary<MarketId, SeenMarket>
                    {
                        [bracket.Market] = new(planned.Facts, null, fact.At),
                    },
                };
                var question = new SizeQuestion(
                    bracket.Market.Value, bracket.Side, bracket.StopTrigger.Value);
                Assert.True(EntrySizing.Of(view, question).TryGet(out var answer, out _));
                Assert.Equal(
                    (bracket.Size.ToString(), planned.SizedBy, bracket.TargetTrigger.ToString()),
                    (answer.Quantity, answer.Reason, answer.Target));
                Assert.Equal(
                    Words.Exact(bracket.ReservePerUnit * bracket.Size.Value), answer.Reserved);
                plans++;
            }

            state = engine.Evolve(state, fact);
        }

        Assert.True(plans > 0);
    }

    [Theory]
    [InlineData("--side hold: write buy or sell.", "--side", "hold", "--stop", "1")]
    [InlineData("--stop 0: give one above zero.", "--side", "buy", "--stop", "0")]
    [InlineData("--risk: give a percentage of at most 100.", "--side", "buy", "--stop", "1", "--risk", "101")]
    public async Task A_question_that_makes_no_sense_is_refused_before_anybody_is_asked(
        string error, params string[] question)
    {
        var told = await RunAsync(["size", "--market", "BTC-USD", .. question, "--data", traded.Path]);

        Assert.Equal((ExitCode.Usage, ""), (told.Code, told.Out));
        Assert.Equal($"error: {error}", Assert.Single(told.Errors));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"market":"BTC-USD","side":"buy"}""")]
    [InlineData("""{"market":"BTC-USD","side":"buy","stop":0}""")]
    [InlineData("""{"market":"BTC-USD","side":"buy","stop":1,"price":-1}""")]
    [InlineData("""{"market":"BTC-USD","side":"buy","stop":1,"riskPercent":101}""")]
    [InlineData("""{"market":"BTC-USD","side":"hold","stop":1}""")]
    public async Task A_question_that_cannot_be_read_is_a_bad_argument(string arguments)
    {
        Assert.True(JournalAccount.Read(traded.Path).TryGet(out var account, out _));
        var handler = new SizeHandler(() => account.View);
        var given = JsonDocument.Parse(arguments).RootElement;

        var answer = await handler.HandleAsync(new ControlRequest(1, SizeHandler.Name, given));

        Assert.Equal("bad-argument", answer.Error?.Code);
    }

    [Fact]
    public async Task A_stop_on_the_wrong_side_and_a_price_that_nobody_knows_are_told_with_the_mend()
    {
        var side = await RunAsync(
            "size", "--market", "BTC-USD", "--side", "buy", "--stop", "200k", "--data", traded.Path);
        var price = await RunAsync(
            "size", "--market", "LINK-USD", "--side", "buy", "--stop", "1", "--data", traded.Path);

        Assert.Equal((ExitCode.Failed, ExitCode.Failed), (side.Code, price.Code));
        Assert.Matches(
            "^error: Stop 200000 of a long entered at [0-9]+ must be below it. Give other prices.\n$",
            side.Error);
        Assert.Equal(
            "error: No price of LINK-USD is known. Give the price of the entry with --price.\n", price.Error);
    }
}

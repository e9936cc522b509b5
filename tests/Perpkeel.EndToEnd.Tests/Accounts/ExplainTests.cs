using System.Text.Json;
using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Engine;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;

namespace Perpkeel.EndToEnd.Tests.Accounts;

[Trait("Req", "CLI-2")]
public sealed class ExplainTests(TradedFolder traded) : IClassFixture<TradedFolder>
{
    [Theory]
    [InlineData("b1", "ended")]
    [InlineData("b9", "open")]
    public async Task A_bracket_is_told_from_its_decision_to_its_profit(string bracket, string name)
    {
        var told = await RunAsync("explain", bracket, "--data", traded.Path);

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Golden.Matches($"explain-{name}", told.Out);
    }

    [Fact]
    public async Task Every_order_and_every_fact_of_a_bracket_leads_to_its_story_and_is_marked_there()
    {
        var story = await RunAsync("explain", "b1", "--json", "--data", traded.Path);
        var orders = await RunAsync("orders", "--all", "--json", "--data", traded.Path);

        foreach (var order in orders.Json.GetProperty("orders").EnumerateArray()
            .Where(order => order.GetProperty("bracket").GetInt64() == 1))
        {
            var id = order.GetProperty("id").ToString();
            var told = await RunAsync("explain", id, "--json", "--data", traded.Path);
            Assert.Equal(1, told.Count("bracket"));
            Assert.Contains(Steps(told), step => step.GetProperty("isAsked").GetBoolean());
        }

        foreach (var step in Steps(story))
        {
            var fact = step.GetProperty("fact").GetInt64();
            var told = await RunAsync("explain", $"f{fact}", "--json", "--data", traded.Path);
            var asked = Assert.Single(Steps(told), one => one.GetProperty("isAsked").GetBoolean());
            Assert.Equal(fact, asked.GetProperty("fact").GetInt64());
            Assert.Equal(1, told.Count("bracket"));
        }
    }

    [Fact]
    public async Task No_fact_of_a_journal_is_without_a_story_and_each_order_s_facts_are_in_one()
    {
        Assert.True(JournalAccount.Read(traded.Path).TryGet(out var account, out _));
        var inStories = 0;
        for (var bracket = 1; bracket < account.View.State.NextBracket; bracket++)
        {
            var told = await RunAsync("explain", $"b{bracket}", "--json", "--data", traded.Path);
            Assert.Equal(ExitCode.Ok, told.Code);
            inStories += Steps(told).Count() + 1;
        }

        var alone = account.Facts.Where(fact => fact.Fact is Fact.AccountOpened or Fact.EquityMarked
            or Fact.PlanRefused or Fact.Reported { Report: Core.Orders.VenueReport.Deposited });
        Assert.Equal(account.Facts.Length - alone.Count(), inStories);
    }

    [Fact]
    public async Task An_open_bracket_of_a_run_ends_with_what_it_is_worth_now()
    {
        var folder = traded.Copy("explained");
        await using var run = await LiveRun.FreezeAsync(folder, TradedFolder.Run);

        var told = await RunAsync("explain", "b9", "--json", "--data", folder);
        var positions = await RunAsync("positions", "--json", "--data", folder);

        var row = positions.Json.GetProperty("positions").EnumerateArray()
            .Single(one => one.GetProperty("bracket").GetInt64() == 9);
        Assert.Equal(
            row.GetProperty("unrealised").GetString(),
            told.Json.GetProperty("outcome").GetProperty("unrealised").GetString());
        Assert.True(told.Json.GetProperty("head").GetProperty("isRunning").GetBoolean());
    }

    [Theory]
    [InlineData("a refusal", "'a refusal' is no fact, order or bracket. ")]
    [InlineData("b99", "There is no bracket 99 in this account. ")]
    [InlineData("f0", "There is no fact 0 in this account. ")]
    [InlineData("o1", "There is no order 1 in this account. ")]
    [InlineData("4000000000", "There is no fact or order 4000000000 in this account. ")]
    public async Task What_is_not_there_is_named_with_the_forms_that_are_known(string what, string error)
    {
        var told = await RunAsync("explain", what, "--data", traded.Path);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.StartsWith($"error: {error}Write b3 for a bracket", told.Error, StringComparison.Ordinal);
    }

    private static JsonElement.ArrayEnumerator Steps(Told told) =>
        told.Json.GetProperty("steps").EnumerateArray();
}

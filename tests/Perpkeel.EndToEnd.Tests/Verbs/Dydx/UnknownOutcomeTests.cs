using System.Text.Json;
using System.Text.RegularExpressions;
using Perpkeel.Cli.Running;
using Perpkeel.Testing.Chains;
using Xunit;

namespace Perpkeel.EndToEnd.Tests.Verbs.Dydx;

/// <summary>Nobody knows what became of it: what the command says then, and what mends it.</summary>
[Trait("Req", "VEN-1")]
public sealed class UnknownOutcomeTests
{
    private static readonly string[] Stop =
    [
        "dydx", "place", "BTC-USD", "sell", "0.001", "--stop", "45000", "--days", "28", "--reduce-only",
        "--id", "7",
    ];

    private readonly LiveChain _live = new();

    [Theory]
    [InlineData(nameof(Manners.AnswersNothing))]
    [InlineData(nameof(Manners.TakesAndLosesTheLine))]
    [InlineData(nameof(Manners.TakesAndSaysUnavailable))]
    public async Task An_unknown_outcome_has_an_exit_code_of_its_own_and_its_mend_works(string manners)
    {
        _live.WhenSentTo = Enum.Parse<Manners>(manners);

        var told = await _live.SignAsync(Stop);

        Assert.Equal(ExitCode.OutcomeUnknown, told.Code);
        Assert.Contains("is not known", told.Error, StringComparison.Ordinal);
        Assert.Contains("nothing else may be sent in their place", told.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sent: ", told.Out, StringComparison.Ordinal);

        _live.WhenSentTo = Manners.Good;
        var mended = await CommandLines.RunAsync(World(), Mend(told));

        Assert.Equal((ExitCode.Ok, ""), (mended.Code, mended.Error));
        Assert.Contains("CONDITION_TYPE_STOP_LOSS", mended.Out, StringComparison.Ordinal);
        Assert.Equal("done: a block has carried it out.", mended.Lines[^1]);
        Assert.Equal(1, _live.Chain.StoredOrders);
    }

    [Fact]
    public async Task A_short_term_order_is_sent_again_as_the_same_one()
    {
        _live.WhenSentTo = Manners.TakesAndLosesTheLine;
        var told = await _live.SignAsync("dydx", "place", "BTC-USD", "buy", "0.001", "--price", "50000");
        Assert.Equal(ExitCode.OutcomeUnknown, told.Code);
        _live.WhenSentTo = Manners.Good;

        var mended = await CommandLines.RunAsync(World(), Mend(told));

        Assert.Equal((ExitCode.Ok, ""), (mended.Code, mended.Error));
        Assert.Single(_live.Chain.ShortTermTaken);
    }

    [Fact]
    public async Task With_json_the_mend_is_a_member()
    {
        _live.WhenSentTo = Manners.AnswersNothing;

        var told = await _live.SignAsync([.. Stop, "--json"]);

        Assert.Equal(ExitCode.OutcomeUnknown, told.Code);
        var last = JsonDocument.Parse(told.Lines[^1]).RootElement;
        Assert.Equal("unknown", last.GetProperty("event").GetString());
        Assert.StartsWith(
            "perpkeel dydx send 0a", last.GetProperty("mend").GetString(), StringComparison.Ordinal);
        Assert.True(last.GetProperty("nonce").GetUInt64() > 1UL << 40);
    }

    [Fact]
    public async Task An_id_that_is_stored_already_is_looked_up_and_not_placed_anew()
    {
        Assert.Equal(ExitCode.Ok, (await _live.SignAsync(Stop)).Code);

        var told = await _live.SignAsync(Stop);

        Assert.Equal(ExitCode.OutcomeUnknown, told.Code);
        Assert.Contains("clob/3005", told.Error, StringComparison.Ordinal);
        Assert.Contains("Look the order up", told.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Use a new client id", told.Error, StringComparison.Ordinal);
    }

    /// <summary>Somebody between has sent it twice: the first one counts, and nothing was refused.</summary>
    [Fact]
    public async Task Bytes_that_a_node_has_already_are_sent()
    {
        _live.Chain.NextAnswer = Answer.Sdk(19, "tx already exists in cache");

        var told = await _live.SignAsync("dydx", "place", "BTC-USD", "buy", "0.001", "--price", "50000");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains("A node has it.", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancel_that_is_known_already_stands()
    {
        _live.Chain.NextAnswer = Answer.Clob(9, "cancel exists");

        var told = await _live.SignAsync("dydx", "cancel", "BTC-USD", "7", "--good-til-block", "1012");

        Assert.Equal((ExitCode.Ok, ""), (told.Code, told.Error));
        Assert.Contains("Nothing: it stands.", told.Out, StringComparison.Ordinal);
    }

    /// <summary>That an order under this id is there, or was, does not say that it is this one.</summary>
    [Fact]
    public async Task Sent_again_what_the_chain_says_of_the_id_is_told_and_no_more()
    {
        var bytes = await BytesAsync(["dydx", "place", "BTC-USD", "buy", "0.001", "--price", "50000"]);
        _live.Chain.NextAnswer = Answer.Clob(24, "filled");

        var told = await _live.RunAsync("dydx", "send", bytes);

        Assert.Equal(ExitCode.OutcomeUnknown, told.Code);
        Assert.Contains("The order under this id is filled.", told.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("A node has it", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_no_node_answers_it_stays_unknown()
    {
        var bytes = await BytesAsync(Stop);
        var world = World() with { OpenExchange = () => new Unreachable() };

        var told = await CommandLines.RunAsync(world, ["dydx", "send", bytes, .. LiveChain.Route]);

        Assert.Equal(ExitCode.OutcomeUnknown, told.Code);
        Assert.Contains("cannot be reached", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_order_can_be_looked_up()
    {
        string[] look =
            ["dydx", "order", "BTC-USD", "7", "--owner", LiveChain.Address, "--kind", "conditional"];
        var before = await _live.RunAsync(look);
        Assert.Equal(ExitCode.Ok, (await _live.SignAsync(Stop)).Code);

        var after = await _live.RunAsync(look);

        Assert.Equal((ExitCode.Ok, ""), (before.Code, before.Error));
        Assert.Contains("its transaction is still on its way", before.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Ok, ""), (after.Code, after.Error));
        Assert.Contains("size: 0.0003, of which 0.0001 is filled", after.Out, StringComparison.Ordinal);
        Assert.Contains("in block 990, and its trigger has fired", after.Out, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await _live.RunAsync([.. look, "--json"])).Out).RootElement;
        Assert.Equal(65_000m, json.GetProperty("limit").GetDecimal());
    }

    [Theory]
    [InlineData("write long-term, conditional or twap", "--owner", LiveChain.Address, "--kind", "stop")]
    [InlineData("no subaccount 128001", "--owner", LiveChain.Address, "--subaccount", "128001")]
    [InlineData("address", "--owner", "dydx1")]
    public async Task A_look_up_of_what_cannot_be_is_refused(string words, params string[] options)
    {
        var told = await _live.RunAsync(["dydx", "order", "BTC-USD", "7", .. options]);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains(words, told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_block_has_is_not_sent_again()
    {
        var bytes = await BytesAsync(Stop);
        Assert.Equal(ExitCode.Ok, (await _live.RunAsync("dydx", "send", bytes)).Code);
        Assert.Equal(1, _live.Node.Broadcasts);

        var again = await _live.RunAsync("dydx", "send", bytes);

        Assert.Equal((ExitCode.Ok, ""), (again.Code, again.Error));
        Assert.Equal("done: a block has carried it out.", again.Lines[^1]);
        Assert.Equal(1, _live.Node.Broadcasts);
    }

    [Fact]
    public async Task What_no_block_can_take_any_more_is_told_and_not_sent()
    {
        var bytes = await BytesAsync(Stop);
        for (var i = 0; i < 130; i++) _live.Block();

        var told = await _live.RunAsync("dydx", "send", bytes);

        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.Contains("No block took it, and none can any more.", told.Error, StringComparison.Ordinal);
        Assert.Equal(0, _live.Node.Broadcasts);
    }

    /// <summary>Another network would say that it has no such thing, which would be no answer.</summary>
    [Fact]
    [Trait("Req", "VEN-4")]
    public async Task Bytes_of_another_network_are_shown_and_not_sent()
    {
        var shown = await CommandLines.RunAsync(
            World() with { In = new StringReader(LiveChain.Words) },
            [
                .. Stop, "--key-file", "-", "--network", "testnet", "--dry-run", "--account-number", "7",
                "--steps", "0,-10,-9,1000000,100000",
            ]);

        var told = await _live.RunAsync("dydx", "send", Line(shown, "bytes: "));

        Assert.Equal(ExitCode.OutcomeUnknown, told.Code);
        Assert.Contains("MsgPlaceOrder", told.Out, StringComparison.Ordinal);
        Assert.Contains("not signed for localdydxprotocol", told.Error, StringComparison.Ordinal);
        Assert.Equal(0, _live.Node.Broadcasts);
    }

    [Fact]
    [Trait("Req", "VEN-4")]
    public async Task Nothing_is_sent_to_a_node_of_another_network()
    {
        var bytes = await BytesAsync(Stop);
        _live.Node.Asked.Clear();
        _live.Node.ChainIdLie = "dydx-mainnet-1";

        var told = await _live.RunAsync("dydx", "send", bytes);

        Assert.Equal(ExitCode.OutcomeUnknown, told.Code);
        Assert.Contains("is a node of dydx-mainnet-1", told.Error, StringComparison.Ordinal);
        Assert.Equal(["GetLatestBlock"], _live.Asked, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("zz", "pairs of hexadecimal digits")]
    [InlineData("0a00", "no transaction")]
    public async Task What_is_no_transaction_is_told(string hex, string words)
    {
        var told = await _live.RunAsync("dydx", "send", hex);

        Assert.Equal((ExitCode.Failed, ""), (told.Code, told.Out));
        Assert.Contains(words, told.Error, StringComparison.Ordinal);
    }

    private async Task<string> BytesAsync(string[] arguments) =>
        Line(await _live.SignAsync([.. arguments, "--dry-run"]), "bytes: ");

    private Cli.Surroundings World() =>
        CommandLines.World() with { OpenExchange = () => _live, Wall = _live.Time };

    /// <summary>The command that the error names, as a shell would split it.</summary>
    private static string[] Mend(Told told) => Match(told.Error, "perpkeel (dydx send .*)$").Split(' ');

    private static string Line(Told told, string name) => Match(told.Out, $"^{name}(.*)$");

    private static string Match(string text, string pattern) =>
        Regex.Match(text, pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Groups[1].Value;
}

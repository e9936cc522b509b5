using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Runtime.Tests.Accounts;
using Perpkeel.Runtime.Tests.Sessions;
using Perpkeel.Testing;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Runtime.Tests.Guides;

[Trait("Req", "DOC-1")]
public sealed class AccountGuideTests : IDisposable
{
    private const string Folder = "tests/Perpkeel.Runtime.Tests/Guides";

    private static readonly AccountId Main = new("paper", "synthetic", "main");

    private static readonly AccountError[] Faults =
    [
        new AccountError.NotAuthenticated("dydx/mainnet/dydx1…", "403"),
        new AccountError.Network("indexer.example", "connection refused"),
        AccountError.Network.NoAnswer("indexer.example", ConfirmationRules.ForBalance.Deadline),
        new AccountError.RateLimited(TimeSpan.FromMilliseconds(2_500)),
        new AccountError.VenueDown(503, "maintenance"),
        new AccountError.Malformed("equity", "'n/a' is no number."),
        new AccountError.OutOfDate(
            AccountScene.Noon.AddSeconds(-42), AccountScene.Noon.AddSeconds(-5), AccountScene.Noon),
    ];

    private readonly AccountScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    [Trait("Req", "BAL-2")]
    [Trait("Req", "BAL-3")]
    public void The_guide_to_balances_shows_what_runs_and_what_comes_of_it()
    {
        var blocks = Samples("BalanceSamples.cs");
        blocks.Add("rules", [.. Rules()]);
        blocks.Add("answer", [Answered()]);
        blocks.Add("faults", [.. Faults.SelectMany(InWords)]);
        blocks.Add("meters", [.. Meters("balance")]);

        Assert.Empty(ExecutedDocument.Read("docs/guides/balance.md").Check(blocks));
    }

    [Fact]
    [Trait("Req", "LEV-1")]
    [Trait("Req", "LEV-2")]
    public void The_guide_to_leverage_shows_what_runs_and_what_comes_of_it()
    {
        var blocks = Samples("LeverageSamples.cs");
        blocks.Add("rules", [.. Rules()]);
        blocks.Add("answer", [Geared()]);
        blocks.Add("equities", [.. Equities()]);
        blocks.Add("alone", [.. Alone()]);
        blocks.Add("meters", [.. Meters("leverage")]);

        Assert.Empty(ExecutedDocument.Read("docs/guides/leverage.md").Check(blocks));
    }

    [Fact]
    public void Every_code_of_an_error_is_in_the_guide()
    {
        var guide = ExecutedDocument.Read("docs/guides/balance.md").Text;
        var table = guide[guide.IndexOf("## Troubleshooting", StringComparison.Ordinal)..];

        Assert.All(Faults, fault => Assert.Contains($"`{fault.Code}`", table, StringComparison.Ordinal));
        Assert.Equal(
            typeof(AccountError).GetNestedTypes().Length,
            Faults.Select(fault => fault.GetType()).Distinct().Count());
    }

    [Fact]
    public void The_other_samples_do_what_the_guides_say()
    {
        Assert.Equal("stop: somebody has to look at the key", BalanceSamples.Judge(Faults[0]));
        Assert.Equal("no new risk; ask again in a moment", BalanceSamples.Judge(Faults[1]));
        Assert.Equal("ask again after 2.5 s", BalanceSamples.Judge(Faults[3]));
        Assert.Equal("no new risk; ask again in a moment", BalanceSamples.Judge(Faults[4]));
        Assert.Equal("stop: the answer cannot be understood", BalanceSamples.Judge(Faults[5]));

        _scene.Reads.Has(Main, ScriptedReads.Cross(100m));
        Assert.True(Done(Covers(100m)));
        Assert.False(Done(Covers(100.01m)));
        var balance = _scene.Now(_scene.Balances.GetBalanceAsync(Main, CancellationToken.None)).Value();
        Assert.True(BalanceSamples.IsFresh(balance, _scene.Clock));
        _scene.Wait(2);
        Assert.False(BalanceSamples.IsFresh(balance, _scene.Clock));

        Assert.Equal(0m, LeverageSamples.Room(Of(5_000m)));
        Assert.Equal(5m, LeverageSamples.Room(Of(12_000m)));
        _scene.Now(_scene.Leverages.GetLeverageInfoAsync(Main, CancellationToken.None)).Value();
        var asked = _scene.Reads.Asked.Count;
        LeverageSamples.Changed(_scene.Leverages, Main);
        _scene.Now(_scene.Leverages.GetLeverageInfoAsync(Main, CancellationToken.None)).Value();
        Assert.Equal(asked + 1, _scene.Reads.Asked.Count);

        var desk = new Desk();
        BalanceSamples.Follow(_scene.Balances, _scene.Leverages, desk.Session, Desk.Account);
        desk.Opened();

        Task<bool> Covers(decimal needed) => BalanceSamples.CoversAsync(
            _scene.Balances, Main, new Usd(needed), CancellationToken.None);
    }

    private static Dictionary<string, IReadOnlyList<string>> Samples(string file) =>
        new(CodeSamples.Read($"{Folder}/{file}"), StringComparer.Ordinal);

    private static IEnumerable<string> Rules()
    {
        var (balance, leverage) = (ConfirmationRules.ForBalance, ConfirmationRules.ForLeverage);
        yield return Invariant($"balances count for          {balance.TimeToLive.TotalSeconds} s");
        yield return Invariant($"leverage counts for         {leverage.TimeToLive.TotalSeconds} s");
        yield return Invariant($"an answer is waited for     {balance.Deadline.TotalSeconds} s");
        yield return Invariant($"accounts remembered         {balance.MostAccounts}");
    }

    private static IEnumerable<string> InWords(AccountError fault) =>
        [fault.Code, $"    {fault.Message}", $"    {fault.Mend}"];

    private static LeverageInfo Of(decimal equity)
    {
        var reading = new AccountReading
        {
            Account = Main,
            Pools = [ScriptedReads.Cross(equity, ScriptedReads.Position(SampleMarkets.Btc, 1m, 60_000m))],
            AsOf = AccountScene.Noon,
            Source = "guide",
        };
        return LeverageCalculator.LeverageOf(reading, new Leverage(10m));
    }

    private static IEnumerable<string> Equities()
    {
        yield return "   worth    equity    max       current     available  health";
        foreach (var equity in (decimal[])[12_000m, 6_000m, 5_000m, 3_000m, 2_000m, 1_000m, 0m, -500m])
        {
            var of = Of(equity);
            yield return Invariant(
                $"{60_000,8}{equity,10}{of.Max.Value,7:0.##}{of.Current.Value,14:0.##}")
                + Invariant($"{of.Available,14:0.##}  {of.Health}");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<string> Meters(string subject) => _scene.Meters.Instruments
        .Where(instrument => instrument.Name.StartsWith($"perpkeel.{subject}.", StringComparison.Ordinal))
        .Select(instrument => $"{instrument.Name,-30}{instrument.Unit,-10}{instrument.Description}");

    private string Answered()
    {
        _scene.Reads.Has(Main, ScriptedReads.Cross(
            10_000m, ScriptedReads.Position(SampleMarkets.Btc, 0.5m, 60_000m)));
        var balances = BalanceSamples.Compose(
            _scene.Venue, _scene.Clock, new("Perpkeel.Guide"), NullLoggerFactory.Instance,
            CancellationToken.None);
        return Done(BalanceSamples.AskAsync(balances, CancellationToken.None));
    }

    private string Geared()
    {
        _scene.Reads.Has(Main, ScriptedReads.Cross(
            12_000m, ScriptedReads.Position(SampleMarkets.Btc, 1m, 60_000m)));
        var leverages = LeverageSamples.Compose(
            _scene.Venue, _scene.Clock, new("Perpkeel.Guide"), NullLoggerFactory.Instance,
            CancellationToken.None);
        return Done(LeverageSamples.AskAsync(leverages, CancellationToken.None));
    }

    private IEnumerable<string> Alone()
    {
        _scene.Reads.Has(
            Main,
            ScriptedReads.Cross(12_000m, ScriptedReads.Position(SampleMarkets.Btc, 1m, 60_000m)),
            ScriptedReads.Isolated(128, 60m, ScriptedReads.Position(SampleMarkets.Eth, 1m, 2_000m)),
            ScriptedReads.Isolated(256, 500m, ScriptedReads.Position(SampleMarkets.Sol, -10m, 100m)));
        _scene.Leverages.Invalidate(Main);
        return LeverageSamples.Warnings(
            _scene.Now(_scene.Leverages.GetLeverageInfoAsync(Main, CancellationToken.None)).Value());
    }

    private T Done<T>(Task<T> asked)
    {
        _scene.Clock.RunUntil(_scene.Clock.Now);
        Assert.True(asked.IsCompletedSuccessfully);
        return asked.GetAwaiter().GetResult();
    }
}

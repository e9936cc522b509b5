using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Strategies;
using Perpkeel.Runtime.Telemetry;
using Perpkeel.Runtime.Tests.Sessions;
using Xunit;

namespace Perpkeel.Runtime.Tests.Telemetry;

[Trait("Req", "UI-1")]
[Trait("Req", "RSK-4")]
public sealed class FactWordsTests
{
    [Theory]
    [InlineData(typeof(Fact.AccountOpened), LineKind.Plain, "account opened on synthetic market, seed 7")]
    [InlineData(typeof(Fact.Decided), LineKind.Decision,
        "sniper: enter BTC-USD long, best-score-confirmed: BTC-USD 72.5, ETH-USD 61.0, SOL-USD 50.0 (+1)")]
    [InlineData(typeof(Fact.PlanRefused), LineKind.Refusal,
        "BTC-USD refused: cooldown, limit 60 s, actual 12.5 s")]
    [InlineData(typeof(Fact.EntryPlanned), LineKind.Plain,
        "BTC-USD planned buy 0.25, sized by risk, stop 99005, target 102005")]
    [InlineData(typeof(Fact.CallRejected), LineKind.Refusal,
        "order 1001 rejected by the venue: clob/10001 too many")]
    [InlineData(typeof(Fact.OutcomeUnknown), LineKind.Alarm, "order 1001: outcome unknown, looking it up")]
    [InlineData(typeof(Fact.ProtectionAlarm), LineKind.Alarm,
        "BTC-USD has had no stop at the venue since 10:00:00")]
    [InlineData(typeof(Fact.BracketEnded), LineKind.Loss,
        "BTC-USD ended by stop: -101.50 (fees +10.00, funding 0.00)")]
    public void A_fact_is_told_in_one_line(Type kind, LineKind line, string text)
    {
        var told = Told(FactSamples.All.Single(fact => fact.GetType() == kind));

        Assert.Equal(new JournalLine(Samples.Start, line, text), told);
    }

    [Theory]
    [InlineData(typeof(VenueReport.Deposited), LineKind.Plain, "deposit +10,000.00")]
    [InlineData(typeof(VenueReport.Rejected), LineKind.Refusal,
        "order 5 rejected by the venue: clob/12 off the grid")]
    [InlineData(typeof(VenueReport.Triggered), LineKind.Plain, "order 5 triggered at oracle 99004.5")]
    [InlineData(typeof(VenueReport.Filled), LineKind.Fill, "BTC-USD filled buy 0.1 at 100005, fee +5.00")]
    [InlineData(typeof(VenueReport.FundingPaid), LineKind.Plain, "BTC-USD funding -0.13 at 0.00125 %/h")]
    [InlineData(typeof(VenueReport.Liquidated), LineKind.Alarm, "BTC-USD Liquidated sell 0.01 at 95000")]
    public void A_report_is_told_in_one_line(Type kind, LineKind line, string text)
    {
        var told =
            Told(new Fact.Reported { Report = Samples.Reports.Single(report => report.GetType() == kind) });

        Assert.Equal(new JournalLine(Samples.Start, line, text), told);
    }

    [Fact]
    public void Facts_that_only_repeat_another_have_no_line()
    {
        Assert.Null(Told(new Fact.OrderIntended { Order = Samples.Order() }));
        Assert.Null(Told(new Fact.Reported { Report = Samples.Reports[1] }));
        Assert.Null(Told(new Fact.Reported { Report = Samples.Reports[5] }));
    }

    [Fact]
    public void Gains_losses_and_neither_are_told_apart()
    {
        var ended = FactSamples.All.OfType<Fact.BracketEnded>().Single();

        Assert.Equal(LineKind.Gain, Told(ended with { Realised = new Usd(1m) })!.Kind);
        Assert.Equal(LineKind.Plain, Told(ended with { Realised = Usd.Zero })!.Kind);
    }

    [Fact]
    public void A_short_exit_says_so()
    {
        var told = Told(new Fact.Decided
        {
            Decision = Samples.Decision(DecisionAction.Exit, Side.Sell) with { Rows = [] },
        });

        Assert.Equal("sniper: exit BTC-USD short, score-below-exit: ", told!.Text);
    }

    private static JournalLine? Told(Fact fact) => FactWords.Of(new JournaledFact(1, Samples.Start, fact));
}

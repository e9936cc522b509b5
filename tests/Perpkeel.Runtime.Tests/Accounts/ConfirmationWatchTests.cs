using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Runtime.Tests.Sessions;
using Perpkeel.Testing;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Runtime.Tests.Accounts;

[Trait("Req", "BAL-2")]
[Trait("Req", "LEV-2")]
public sealed class ConfirmationWatchTests : IDisposable
{
    private readonly Desk _desk = new();
    private readonly Meter _meter = new("Perpkeel.Runtime");
    private readonly IDisposable _home;
    private readonly ScriptedReads _reads;
    private readonly BalanceManager _balances;
    private readonly LeverageCalculator _leverages;

    public ConfirmationWatchTests()
    {
        _home = _desk.Clock.Enter();
        _reads = new ScriptedReads(_desk.Clock);
        _balances = new BalanceManager(
            _reads, ConfirmationRules.ForBalance, _desk.Clock, _meter, NullLogger<BalanceManager>.Instance,
            CancellationToken.None);
        _leverages = new LeverageCalculator(
            _reads, _ => new Leverage(10m), ConfirmationRules.ForLeverage, _desk.Clock, _meter,
            NullLogger<LeverageCalculator>.Instance, CancellationToken.None);
        _desk.Opened().Entering().Accept(OrderRole.Stop);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void A_fill_a_transfer_and_funding_make_what_was_confirmed_worthless()
    {
        _balances.Follow(_desk.Session, Desk.Account);
        _leverages.Follow(_desk.Session, Desk.Account);
        Ask();

        _desk.Fill(OrderRole.Entry, 100_005m);
        Ask();
        _desk.Hear(sequence => new VenueReport.Deposited
        {
            Sequence = sequence,
            At = _desk.Clock.Now,
            Amount = new Usd(5m),
        });
        Ask();
        _desk.Hear(sequence => new VenueReport.FundingPaid
        {
            Sequence = sequence,
            At = _desk.Clock.Now,
            Market = Samples.Btc.Id,
            HourlyRate = 0.0000125m,
            Payment = new Usd(-0.1m),
        });
        Ask();
        Ask();

        Assert.Equal(8, _reads.Asked.Count);
    }

    [Fact]
    public void What_moves_no_money_leaves_it_as_it_is()
    {
        _balances.Follow(_desk.Session, Desk.Account);
        _leverages.Follow(_desk.Session, Desk.Account);
        Ask();

        _desk.Accept(OrderRole.Entry);
        Ask();

        Assert.Equal(2, _reads.Asked.Count);
    }

    [Fact]
    public void An_answer_from_before_the_fill_confirms_nothing()
    {
        _balances.Follow(_desk.Session, Desk.Account);
        _reads.IsBehind = TimeSpan.FromMilliseconds(1);

        _desk.Fill(OrderRole.Entry, 100_005m);

        var asked = _balances.GetBalanceAsync(Desk.Account, CancellationToken.None);
        _desk.Instant();
        Assert.IsType<AccountError.OutOfDate>(Outcome.Of(asked).Error());
    }

    [Fact]
    public void Who_does_not_follow_any_more_hears_nothing()
    {
        _balances.Follow(_desk.Session, Desk.Account).Dispose();
        _leverages.Follow(_desk.Session, Desk.Account).Dispose();
        Ask();

        _desk.Fill(OrderRole.Entry, 100_005m);
        Ask();

        Assert.Equal(2, _reads.Asked.Count);
    }

    private void Ask()
    {
        var balance = _balances.GetBalanceAsync(Desk.Account, CancellationToken.None);
        var leverage = _leverages.GetLeverageInfoAsync(Desk.Account, CancellationToken.None);
        _desk.Instant();
        Outcome.Of(balance).Value();
        Outcome.Of(leverage).Value();
    }
}

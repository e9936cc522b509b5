using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Testing;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Runtime.Tests.Accounts;

[Trait("Req", "OPS-1")]
public sealed class BalanceLogTests
{
    [Fact]
    public async Task A_fetch_that_failed_is_logged_once_as_a_warning()
    {
        using var meter = new Meter("Perpkeel.Runtime");
        var time = new JumpingTime(AccountScene.Noon);
        var reads = new ScriptedReads(time);
        var logger = new LinesLogger<BalanceManager>();
        var balances = new BalanceManager(
            reads, ConfirmationRules.ForBalance, time, meter, logger, CancellationToken.None);
        reads.ThenLimitsTheRate(TimeSpan.FromSeconds(3)).Hold();

        var asked = (Ask(), Ask());
        reads.LetGo();

        Assert.Equal((await asked.Item1).Error(), (await asked.Item2).Error());
        Assert.Equal(
            (LogLevel.Warning, "The balance of paper/test/anna was not confirmed (account-rate-limited): The "
                + "venue asks for patience: 3 s."),
            Assert.Single(logger.Lines));
        Task<Result<BalanceInfo, AccountError>> Ask() =>
            balances.GetBalanceAsync(AccountScene.Anna, CancellationToken.None);
    }

    [Fact]
    public async Task Leverage_that_was_not_read_is_logged_and_what_was_read_is_not()
    {
        using var meter = new Meter("Perpkeel.Runtime");
        var time = new JumpingTime(AccountScene.Noon);
        var reads = new ScriptedReads(time).ThenIsDown().Then(ScriptedReads.Cross(5m));
        var logger = new LinesLogger<LeverageCalculator>();
        var leverages = new LeverageCalculator(
            reads, _ => new Leverage(10m), ConfirmationRules.ForLeverage, time, meter, logger,
            CancellationToken.None);

        (await leverages.GetLeverageInfoAsync(AccountScene.Anna, CancellationToken.None)).Error();
        (await leverages.GetLeverageInfoAsync(AccountScene.Anna, CancellationToken.None)).Value();

        Assert.Equal(
            (LogLevel.Warning, "The leverage of paper/test/anna was not read (account-venue-down): The venue "
                + "cannot answer: 503, maintenance."),
            Assert.Single(logger.Lines));
    }
}

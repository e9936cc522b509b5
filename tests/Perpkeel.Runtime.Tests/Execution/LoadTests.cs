using Perpkeel.Core.Risk;
using Perpkeel.Testing.Live;
using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>
/// Signals of all kinds at once and in waves, on one account and on many: after every single fact no account
/// has more than it may, every signal ends once, and nothing is left when all is closed.
/// </summary>
[Trait("Req", "EXE-3")]
public sealed class LoadTests(ITestOutputHelper output)
{
    /// <summary>Limits that let much happen within a minute, so that money is what binds.</summary>
    private static readonly RiskLimits Busy = LiveScene.Usual with
    {
        MaxMarketExposure = 1m,
        RiskPerTrade = 0.05m,
        ChangesPerMinute = 1_000,
    };

    [Theory]
    [InlineData(1, 100, 100)]
    [InlineData(1, 100, 2)]
    [InlineData(100, 1_000, 1_000)]
    [InlineData(100, 1_000, 100)]
    [InlineData(1_000, 10_000, 10_000)]
    public void No_account_exceeds_its_balance_leverage_or_exposure_and_every_signal_ends_once(
        int accounts, int signals, int atOnce)
    {
        // The largest takes half a minute: a fifth of it every day, all of it in a sweep.
        if (signals == 10_000 && Environment.GetEnvironmentVariable("PERPKEEL_SWEEP") is not "1")
        {
            (accounts, signals, atOnce) = (accounts / 5, signals / 5, atOnce / 5);
        }

        using var field = new LoadField(accounts, Busy);
        var began = TimeProvider.System.GetTimestamp();

        field.Send(signals, atOnce, seed: 5);
        var took = TimeProvider.System.GetElapsedTime(began);
        field.Flatten();

        var atDoor = field.AssertEnds();
        Assert.True(field.Filled > accounts, $"only {field.Filled} signals were filled");
        output.WriteLine(
            $"{signals} signals, {atOnce} at once, over {accounts} accounts: {field.Filled} filled, {atDoor} "
            + $"refused at the full lane, {field.Orders} orders, {field.Facts} facts, each audited; "
            + $"{signals / took.TotalSeconds:0} signals/s");
    }
}

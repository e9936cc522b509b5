using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Paper.Account;
using Perpkeel.Simulation.Paper.Faults;
using Perpkeel.Venues;

namespace Perpkeel.Simulation.Paper;

/// <summary>
/// Questions for the account, on their way to the Indexer and back. They leave no trace in the world, and
/// what happens to one follows from the instant at which it was asked: so it is the same in every life,
/// although nobody journals questions. For the same reason their faults are not counted.
/// </summary>
internal sealed class PaperReads(PaperWorld world, TimeProvider clock, string account)
{
    private const string Endpoint = "the paper venue's Indexer";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Asks; ends by the world's deadline at the latest.</summary>
    public async Task<Result<AccountReading, AccountError>> ReadAsync(
        AccountId asked, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var askedAt = clock.GetUtcNow();
        var (dice, number, deadline) = (world.Parts.Dice, askedAt.UtcTicks, world.Parts.Deadline);
        if (RefusalOf(dice, number) is { } refusal) return refusal;
        if (dice.Falls(FaultKind.TxDropped, number) || dice.Falls(FaultKind.AnswerLost, number))
        {
            return await NoAnswerAsync(deadline, cancellation);
        }

        var there = world.Parts.Delays.OfQuestion(Way.ToIndexer, askedAt);
        var back = world.Parts.Delays.OfQuestion(Way.FromIndexer, askedAt) + SlownessOf(dice, number);
        await ExactWait.WaitAsync(clock, there < deadline ? there : deadline, cancellation);
        var page = world.PageAt(clock.GetUtcNow());
        if (there + back > deadline) return await NoAnswerAsync(deadline - there, cancellation);
        await ExactWait.WaitAsync(clock, back, cancellation);
        return string.Equals(asked.ToString(), account, StringComparison.Ordinal)
            ? ReadingOf(asked, page)
            : new AccountError.NotAuthenticated(asked.ToString(), $"the venue has {account} only");
    }

    private static AccountError? RefusalOf(FaultDice dice, long number)
    {
        if (dice.Falls(FaultKind.RateLimit, number)) return new AccountError.RateLimited(RetryAfter);
        if (!dice.Falls(FaultKind.EndpointFailing, number)) return null;
        return dice.Between(FaultKind.EndpointFailing, number, 0, 1) == 0
            ? new AccountError.Network(Endpoint, "connection refused")
            : new AccountError.VenueDown(503, "service unavailable");
    }

    private static TimeSpan SlownessOf(FaultDice dice, long number) => TimeSpan.FromMilliseconds(
        dice.Falls(FaultKind.EndpointSlow, number)
            ? dice.Between(FaultKind.EndpointSlow, number, 5_000, 30_000)
            : 0);

    private static AccountReading ReadingOf(AccountId account, AccountPage page) => new()
    {
        Account = account,
        Pools = [page.Pool],
        AsOf = page.AsOf,
        Source = $"paper venue, block {page.Height}",
        Height = page.Height,
    };

    private async Task<AccountError> NoAnswerAsync(TimeSpan left, CancellationToken cancellation)
    {
        await ExactWait.WaitAsync(clock, left, cancellation);
        return AccountError.Network.NoAnswer(Endpoint, world.Parts.Deadline);
    }
}

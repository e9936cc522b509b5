using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Accounts;

/// <summary>
/// Asks the venue for an account, and takes only an answer that comes in time, is about that account and is
/// young enough to confirm something.
/// </summary>
internal sealed class AccountReads(IAccountReader reader, ConfirmationRules rules, TimeProvider time)
{
    /// <summary>Asks.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="notBefore">An answer from before this confirms nothing.</param>
    /// <param name="stopping">Ends the wait with an exception.</param>
    public async Task<Result<AccountReading, AccountError>> ReadAsync(
        AccountId account, DateTimeOffset notBefore, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(rules.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            // Waited for on our side as well: a reader that does not hear its token must not hold us.
            var asked = reader.ReadAsync(account, either.Token).WaitAsync(either.Token);
            return (await asked).TryGet(out var reading, out var error)
                ? Checked(reading, account, notBefore)
                : error;
        }
        catch (OperationCanceledException) when (
            late.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            return AccountError.Network.NoAnswer(account.Venue, rules.Deadline);
        }
    }

    private Result<AccountReading, AccountError> Checked(
        AccountReading reading, AccountId account, DateTimeOffset notBefore)
    {
        if (reading.Account != account)
        {
            return new AccountError.Malformed("account", $"{account} was asked for, {reading.Account} came.");
        }

        if (reading.Pools.Count(pool => pool.Mode == MarginMode.Cross) > 1)
        {
            return new AccountError.Malformed("pools", "An account has one cross pool at most.");
        }

        var now = time.GetUtcNow();
        var neededFrom = now - rules.TimeToLive > notBefore ? now - rules.TimeToLive : notBefore;
        var isYoung = (now - reading.AsOf).Duration() < rules.TimeToLive && reading.AsOf >= notBefore;
        return isYoung ? reading : new AccountError.OutOfDate(reading.AsOf, neededFrom, now);
    }
}

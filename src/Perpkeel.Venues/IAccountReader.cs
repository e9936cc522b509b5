using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues;

/// <summary>
/// The account as the venue has it when it is asked. The session's own state is the balance; this confirms
/// it.
/// </summary>
public interface IAccountReader
{
    /// <summary>
    /// Asks the venue. Changes nothing there, so that asking again is always safe; never answers from
    /// memory, and never with another account.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<Result<AccountReading, AccountError>> ReadAsync(AccountId account, CancellationToken cancellation);
}

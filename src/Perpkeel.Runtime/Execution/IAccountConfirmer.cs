using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;

namespace Perpkeel.Runtime.Execution;

/// <summary>Has the venue confirm an account before new risk is taken.</summary>
public interface IAccountConfirmer
{
    /// <summary>
    /// What the venue says, not older than the time to live of its parts; the failure where it says nothing.
    /// </summary>
    Task<VenueConfirmation> ConfirmAsync(AccountId account, CancellationToken cancellation);
}

using System.Text.Json.Serialization;

namespace Perpkeel.Core.Execution;

/// <summary>
/// Why a signal was not carried out. A closed family; each member has a stable code, says what happened with
/// its numbers, and how to mend it. It is journaled with the refusal.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "error")]
[JsonDerivedType(typeof(InsufficientBalance), InsufficientBalance.Name)]
[JsonDerivedType(typeof(InsufficientLeverage), InsufficientLeverage.Name)]
[JsonDerivedType(typeof(BalanceFetchFailed), BalanceFetchFailed.Name)]
[JsonDerivedType(typeof(LeverageCalculationFailed), LeverageCalculationFailed.Name)]
[JsonDerivedType(typeof(SizingFailed), SizingFailed.Name)]
[JsonDerivedType(typeof(LimitExceeded), LimitExceeded.Name)]
[JsonDerivedType(typeof(Cooldown), Cooldown.Name)]
[JsonDerivedType(typeof(StaleData), StaleData.Name)]
[JsonDerivedType(typeof(OrderRejected), OrderRejected.Name)]
[JsonDerivedType(typeof(OutcomeUnknown), OutcomeUnknown.Name)]
[JsonDerivedType(typeof(CredentialRefused), CredentialRefused.Name)]
[JsonDerivedType(typeof(VenueUnavailable), VenueUnavailable.Name)]
[JsonDerivedType(typeof(MarketOwned), MarketOwned.Name)]
[JsonDerivedType(typeof(NothingHeld), NothingHeld.Name)]
[JsonDerivedType(typeof(Busy), Busy.Name)]
[JsonDerivedType(typeof(Stopped), Stopped.Name)]
[JsonDerivedType(typeof(SwitchedOff), SwitchedOff.Name)]
[JsonDerivedType(typeof(UnknownMarket), UnknownMarket.Name)]
[JsonDerivedType(typeof(InvalidSignal), InvalidSignal.Name)]
[JsonDerivedType(typeof(SignalTooOld), SignalTooOld.Name)]
[JsonDerivedType(typeof(SignalReused), SignalReused.Name)]
public abstract partial record TradeExecutionError
{
    private TradeExecutionError()
    {
    }

    /// <summary>Its stable name.</summary>
    [JsonIgnore]
    public abstract string Code { get; }

    /// <summary>What happened, with the numbers.</summary>
    [JsonIgnore]
    public abstract string Message { get; }

    /// <summary>What to do about it.</summary>
    [JsonIgnore]
    public abstract string Mend { get; }

    /// <summary>
    /// Whether the same signal may pass later without anybody changing anything: after a cooldown, when data
    /// is fresh again, when the venue answers.
    /// </summary>
    [JsonIgnore]
    public virtual bool MayPassLater => false;

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Code}: {Message}";
}

using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>A fact with the account's state on both sides of it.</summary>
/// <param name="Journaled">The fact in its place.</param>
/// <param name="Before">The state before.</param>
/// <param name="After">The state after.</param>
/// <param name="IsFresh">
/// Whether it was heard when it happened, and not read from the journal after a restart.
/// </param>
internal readonly record struct FactStep(
    JournaledFact Journaled, AccountState Before, AccountState After, bool IsFresh)
{
    /// <summary>The fact.</summary>
    public Fact Fact => Journaled.Fact;
}

/// <summary>
/// Something that must always hold of an account, checked with arithmetic of its own against what the
/// account's facts say, what it sends, and what the venue really has.
/// </summary>
internal abstract class Invariant
{
    /// <summary>Stable name.</summary>
    public abstract string Name { get; }

    /// <summary>The requirement that it stands for.</summary>
    public abstract string Requirement { get; }

    /// <summary>What must hold, in a line.</summary>
    public abstract string Words { get; }

    /// <summary>A fact is durable.</summary>
    public virtual void OnFact(Audit audit, in FactStep step)
    {
    }

    /// <summary>An order leaves for the venue.</summary>
    public virtual void OnSend(Audit audit, OrderIntent order)
    {
    }

    /// <summary>A cancel leaves for the venue.</summary>
    public virtual void OnCancel(Audit audit, ClientOrderId order)
    {
    }

    /// <summary>A little time has passed in which the process lived.</summary>
    public virtual void OnLook(Audit audit)
    {
    }

    /// <summary>Everything has come to rest: the faults are long over, and nobody wants anything.</summary>
    public virtual void OnRest(Audit audit)
    {
    }
}

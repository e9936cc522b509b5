using System.Collections.Immutable;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Authenticators;

/// <summary>
/// When a transaction of an owner is valid under another key. A closed family of what the chain has
/// registered, and of what could not be read.
/// </summary>
/// <remarks>Source: dYdX v4-chain, <c>x/accountplus/authenticator</c>.</remarks>
public abstract record AuthenticatorRule
{
    private AuthenticatorRule()
    {
    }

    /// <summary>The chain's name of the type.</summary>
    public abstract string TypeName { get; }

    /// <summary>The transaction is signed by a key.</summary>
    /// <param name="Key">The key.</param>
    public sealed record SignatureVerification(PublicKey Key) : AuthenticatorRule
    {
        /// <inheritdoc/>
        public override string TypeName => "SignatureVerification";
    }

    /// <summary>The message is of one of these types.</summary>
    /// <param name="TypeNames">Type URLs.</param>
    public sealed record MessageFilter(ImmutableArray<string> TypeNames) : AuthenticatorRule
    {
        /// <inheritdoc/>
        public override string TypeName => "MessageFilter";
    }

    /// <summary>
    /// Orders and cancels are for one of these subaccounts. Every other message passes, also a withdrawal.
    /// </summary>
    /// <param name="Numbers">Subaccount numbers.</param>
    public sealed record SubaccountFilter(ImmutableArray<uint> Numbers) : AuthenticatorRule
    {
        /// <inheritdoc/>
        public override string TypeName => "SubaccountFilter";
    }

    /// <summary>
    /// Orders and cancels are for these markets. Every other message passes, also a withdrawal.
    /// </summary>
    /// <param name="ClobPairIds">Numbers of clob pairs.</param>
    public sealed record ClobPairIdFilter(ImmutableArray<uint> ClobPairIds) : AuthenticatorRule
    {
        /// <inheritdoc/>
        public override string TypeName => "ClobPairIdFilter";
    }

    /// <summary>All parts agree.</summary>
    /// <param name="Parts">At least two.</param>
    public sealed record AllOf(ImmutableArray<AuthenticatorRule> Parts) : AuthenticatorRule
    {
        /// <inheritdoc/>
        public override string TypeName => "AllOf";
    }

    /// <summary>At least one part agrees.</summary>
    /// <param name="Parts">At least two.</param>
    public sealed record AnyOf(ImmutableArray<AuthenticatorRule> Parts) : AuthenticatorRule
    {
        /// <inheritdoc/>
        public override string TypeName => "AnyOf";
    }

    /// <summary>
    /// Something on the chain that could not be read. It counts as if it permitted everything.
    /// </summary>
    /// <param name="Type">The chain's name of it.</param>
    /// <param name="Reason">Why it could not be read.</param>
    public sealed record Unreadable(string Type, string Reason) : AuthenticatorRule
    {
        /// <inheritdoc/>
        public override string TypeName => Type;
    }
}

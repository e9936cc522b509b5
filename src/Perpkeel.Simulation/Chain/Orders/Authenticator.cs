namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>A rule under which somebody else's key may sign for an owner. A closed family.</summary>
/// <remarks>Source: the protocol, section 10.1; these are all that are registered.</remarks>
public abstract record Authenticator
{
    private Authenticator()
    {
    }

    /// <summary>The transaction was signed by this key.</summary>
    /// <param name="Key">Number of the key.</param>
    public sealed record SignatureVerification(int Key) : Authenticator;

    /// <summary>The message is of one of these types.</summary>
    /// <param name="TypeUrls">Type URLs, e.g. <c>/dydxprotocol.clob.MsgPlaceOrder</c>.</param>
    public sealed record MessageFilter(IReadOnlyList<string> TypeUrls) : Authenticator;

    /// <summary>A placement or cancel is of one of these subaccounts; other messages pass.</summary>
    /// <param name="Numbers">Numbers of subaccounts.</param>
    public sealed record SubaccountFilter(IReadOnlyList<int> Numbers) : Authenticator;

    /// <summary>A placement or cancel is in these clob pairs only; other messages pass.</summary>
    /// <param name="ClobPairs">Clob pairs.</param>
    public sealed record ClobPairIdFilter(IReadOnlyList<int> ClobPairs) : Authenticator;

    /// <summary>All of them pass.</summary>
    /// <param name="Parts">At least two.</param>
    public sealed record AllOf(IReadOnlyList<Authenticator> Parts) : Authenticator;

    /// <summary>At least one of them passes.</summary>
    /// <param name="Parts">At least two.</param>
    public sealed record AnyOf(IReadOnlyList<Authenticator> Parts) : Authenticator;
}

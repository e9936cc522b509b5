namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>Why bytes are no transaction.</summary>
/// <param name="Part">Which part cannot be read, e.g. <c>body</c>.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record TxDecodeError(string Part, string Reason)
{
    /// <summary>Stable name of the fault.</summary>
    public string Code => $"unreadable-{Part}";

    /// <summary>What is the matter.</summary>
    public string Message => $"These bytes are no transaction: the {Part} cannot be read ({Reason}).";

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";
}

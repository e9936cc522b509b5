namespace Perpkeel.Venues.Dydx.Indexer.Reading;

/// <summary>What is wrong with a message, and where in it.</summary>
/// <param name="Field">The field, e.g. <c>fills[3].price</c>; <c>(document)</c> for all of it.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record FieldFault(string Field, string Reason)
{
    /// <summary>Stands for the whole document.</summary>
    internal const string Document = "(document)";

    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Reason}";
}

namespace Perpkeel.Core.Instruments;

/// <summary>
/// One owner at one venue in one environment: one session and one sequence of facts, so that nothing is
/// spent twice.
/// </summary>
/// <param name="Venue">The venue, e.g. <c>paper</c> or <c>dydx</c>.</param>
/// <param name="Environment">
/// Which network of it, e.g. <c>synthetic</c>, <c>replay</c>, <c>mainnet</c>.
/// </param>
/// <param name="Owner">The owner's address or main account.</param>
public sealed record AccountId(string Venue, string Environment, string Owner)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Venue}/{Environment}/{Owner}";
}

using System.Globalization;

namespace Perpkeel.Venues.Dydx.Errors;

/// <summary>
/// What the chain answers with: a module and a number of its own. The number alone says nothing, because
/// modules share numbers.
/// </summary>
/// <param name="Codespace">The module, e.g. <c>clob</c> or <c>sdk</c>.</param>
/// <param name="Code">Its number; 0 is no error.</param>
public readonly record struct ChainCode(string Codespace, uint Code)
{
    /// <summary>Whether the message was accepted. What became of it then is told elsewhere.</summary>
    public bool IsAccepted => Code == 0;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Codespace}/{Code}");
}

namespace Perpkeel.Simulation.Chain.Orders;

/// <summary>How a transaction ended, in the chain's own codes.</summary>
/// <param name="Codespace">Which module refused; empty when none did.</param>
/// <param name="Code">0 for accepted.</param>
/// <param name="Text">Why, in words.</param>
public readonly record struct TxResult(string Codespace, int Code, string Text)
{
    /// <summary>Accepted.</summary>
    public static TxResult Ok => new(string.Empty, 0, string.Empty);

    /// <summary>Whether it was accepted.</summary>
    public bool IsOk => Code == 0;

    /// <inheritdoc/>
    public override string ToString() => IsOk ? "ok" : $"{Codespace}/{Code}: {Text}";
}

using System.Collections.Frozen;

namespace Perpkeel.Venues.Dydx.Errors;

/// <summary>
/// Every code of the chain that a client can meet, with its meaning, its mend and its outcome.
/// </summary>
/// <remarks>Source: the error files of the modules of dYdX v4-chain and of the Cosmos SDK.</remarks>
public static class ChainErrorTable
{
    private static readonly FrozenDictionary<ChainCode, ChainError> Rows =
        SdkErrors.Rows.Concat(BookErrors.Rows).Concat(OrderErrors.Rows).Concat(ModuleErrors.Rows)
            .ToFrozenDictionary(row => row.Code);

    /// <summary>All codes that are known.</summary>
    public static IEnumerable<ChainError> All => Rows.Values;

    /// <summary>
    /// The error of an answer. A pair that is not in the table is told as such, and what became of the
    /// request is then unknown.
    /// </summary>
    /// <param name="code">Module and number together.</param>
    /// <param name="chainText">The chain's own words.</param>
    /// <exception cref="ArgumentException">The code is 0, which is no error.</exception>
    public static ChainError Of(ChainCode code, string chainText)
    {
        ArgumentNullException.ThrowIfNull(chainText);
        if (code.IsAccepted) throw new ArgumentException("0 is no error.", nameof(code));
        var row = Rows.GetValueOrDefault(code) ?? Row(
            code.Codespace, code.Code, ChainOutcome.Unknown, ChainOutcome.Unknown,
            "This code is not known here.",
            "Look up what became of the request; report the code, it may be of a newer protocol.");
        return row with { ChainText = chainText };
    }

    internal static ChainError Row(
        string codespace, uint code, ChainOutcome outcome, ChainOutcome again, string meaning, string mend) =>
        new()
        {
            Code = new ChainCode(codespace, code),
            Outcome = outcome,
            OutcomeWhenSentAgain = again,
            Meaning = meaning,
            Mend = mend,
        };

    internal static ChainError RowToRetry(
        string codespace, uint code, ChainOutcome outcome, ChainOutcome again, string meaning, string mend) =>
        Row(codespace, code, outcome, again, meaning, mend) with { MayRetry = true };
}

using System.Globalization;
using System.Text;

namespace Perpkeel.Storage.Tiers;

/// <summary>A place in a file of tiers.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">The line, from 1; 0 for the whole file.</param>
/// <param name="Column">The column, from 1; 0 for the whole line.</param>
public readonly record struct TierFilePlace(string File, long Line, long Column)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0
        ? File
        : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}

/// <summary>One thing wrong with a file of tiers.</summary>
public sealed record TierFileFinding
{
    /// <summary>Where it stands.</summary>
    public required TierFilePlace Place { get; init; }

    /// <summary>A stable name for scripts, e.g. <c>file-syntax</c> or <c>tier-gap</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Whose tiers it is about; empty when it is about the whole file.</summary>
    public required string Symbol { get; init; }

    /// <summary>The tier's place in the table sorted by floor, from 1; 0 for more than one tier.</summary>
    public int Tier { get; init; }

    /// <summary>What is wrong, as a sentence.</summary>
    public required string What { get; init; }

    /// <summary>What to do, as a sentence.</summary>
    public required string Mend { get; init; }

    /// <summary>All of it in one line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Place).Append(": ");
        if (Symbol.Length > 0) text.Append(Symbol);
        if (Tier > 0) text.Append(CultureInfo.InvariantCulture, $" tier {Tier}");
        if (Symbol.Length > 0) text.Append(": ");
        return text.Append(What).Append(' ').Append(Mend).Append(" [").Append(Code).Append(']').ToString();
    }
}

/// <summary>
/// A file of tiers that was refused: everything that is wrong with it, in the order of its lines.
/// </summary>
/// <param name="Findings">At least one.</param>
public sealed record TierFileRefusal(IReadOnlyList<TierFileFinding> Findings)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Findings);
}

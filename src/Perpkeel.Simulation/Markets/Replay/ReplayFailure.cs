using System.Globalization;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// Everything that is wrong with a set of files: the first errors, and how many more there are.
/// </summary>
/// <param name="Errors">The first errors in the order of files and lines; at most <see cref="Most"/>.</param>
/// <param name="Unreported">Errors beyond these.</param>
public sealed record ReplayFailure(IReadOnlyList<ReplayError> Errors, int Unreported)
{
    /// <summary>So many errors are told one by one.</summary>
    public const int Most = 20;

    /// <summary>One error a line, then the count of the rest.</summary>
    public override string ToString()
    {
        var lines = Errors.Select(error => error.ToString());
        if (Unreported > 0)
        {
            lines = lines.Append(
                string.Create(CultureInfo.InvariantCulture, $"and {Unreported:N0} more errors"));
        }

        return string.Join('\n', lines);
    }
}

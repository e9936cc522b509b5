namespace Perpkeel.Cli.Running;

/// <summary>Something that the user can mend, in lines for the terminal.</summary>
/// <param name="Lines">What is wrong and what to do.</param>
internal sealed record UserError(IReadOnlyList<string> Lines)
{
    /// <summary>One line.</summary>
    public static UserError Of(string line) => new([line]);
}

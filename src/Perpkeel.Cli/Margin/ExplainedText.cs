using Perpkeel.Core.Margin.Tiers;

namespace Perpkeel.Cli.Margin;

/// <summary>What all explanations have: what is explained, headings, and steps.</summary>
internal sealed class ExplainedText(TextWriter output)
{
    private const int Width = 12;

    /// <summary>What is explained, by which tiers, and what was assumed.</summary>
    public void Begin(string position, TierConfiguration tiers, PositionRequest request)
    {
        output.WriteLine(position);
        output.WriteLine($"tiers: {tiers.Version}");
        foreach (var remark in request.Remarks) output.WriteLine($"note: {remark}");
    }

    /// <summary>A heading with space above.</summary>
    public void Heading(string heading)
    {
        output.WriteLine();
        output.WriteLine($"{heading}:");
    }

    /// <summary>One step.</summary>
    public void Term(string name, string formula, string value) =>
        output.WriteLine($"{name.PadRight(Width)} = {formula} = {value}");

    /// <summary>A line.</summary>
    public void Line(string line) => output.WriteLine(line);
}

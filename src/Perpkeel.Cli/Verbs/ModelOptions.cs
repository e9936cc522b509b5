using System.CommandLine;
using Perpkeel.Cli.Running;
using Perpkeel.Simulation.Paper;
using Perpkeel.Simulation.Paper.Faults;

namespace Perpkeel.Cli.Verbs;

/// <summary>Options that choose the paper venue's models by name.</summary>
internal sealed class ModelOptions
{
    /// <summary>Where resting orders of ours stand.</summary>
    public Option<string?> Fill { get; } = new("--fill-model")
    {
        Description = "Where resting orders of ours stand among others: "
            + string.Join("; ", FillModel.All.Select(model => $"{model.Name}, {model.Words}"))
            + $" [default: {FillModel.Usual.Name}]",
        HelpName = "NAME",
    };

    /// <summary>How long messages take.</summary>
    public Option<string?> Latency { get; } = new("--latency-model")
    {
        Description = "How long messages take: "
            + string.Join("; ", LatencyModel.All.Select(model => $"{model.Name}, {model.Words}"))
            + $" [default: {LatencyModel.Fixed.Name}]",
        HelpName = "NAME",
    };

    /// <summary>What goes wrong.</summary>
    public Option<string[]> Fault { get; } = new("--fault")
    {
        Description = "Something that goes wrong, with its chance, e.g. --fault answer-lost=0.1; all for "
            + "everything; a wrong name lists them",
        HelpName = "NAME[=P]",
    };

    /// <summary>The models that were named; what is wrong is added to a list.</summary>
    public VenueModels Read(ParseResult parsed, ICollection<string> wrong)
    {
        var models = new VenueModels();
        if (parsed.GetValue(Fill) is { } fill)
        {
            if (FillModel.Find(fill) is { } found) models = models with { Fill = found };
            else wrong.Add(Unknown("--fill-model", fill, FillModel.All.Select(model => model.Name)));
        }

        if (parsed.GetValue(Latency) is { } latency)
        {
            if (LatencyModel.Find(latency) is { } found) models = models with { Latency = found };
            else wrong.Add(Unknown("--latency-model", latency, LatencyModel.All.Select(model => model.Name)));
        }

        if (FaultPlan.Parse(parsed.GetValue(Fault) ?? []).TryGet(out var plan, out var words))
        {
            models = models with { Faults = plan };
        }
        else
        {
            wrong.Add($"--fault {words}");
        }

        return models;
    }

    private static string Unknown(string option, string name, IEnumerable<string> known) =>
        $"{option} {name}: there is no such model. There are {string.Join(", ", known)}.";
}

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Perpkeel.Cli.Running;
using Perpkeel.Rehearsal.Reports;
using Perpkeel.Rehearsal.World;

namespace Perpkeel.Cli.Simulating;

/// <summary>Carries out <c>perpkeel simulate</c>.</summary>
internal sealed class SimulateCommand(SimulateOptions options, Surroundings surroundings)
{
    private const int NameWidth = 14;

    /// <summary>Lives through all seeds; gives the exit code.</summary>
    public int Execute(CancellationToken cancellation)
    {
        var began = surroundings.Wall.GetTimestamp();
        IReadOnlyList<RehearsalResult> results;
        try
        {
            results = options.IsTraced ? [Trace(cancellation)] : Sweep(cancellation);
        }
        catch (OperationCanceledException)
        {
            surroundings.Complain(["Broken off before a seed was lived through."]);
            return ExitCode.Failed;
        }

        var elapsed = surroundings.Wall.GetElapsedTime(began);
        var report = RehearsalReport.Of(results, Build(), elapsed);
        if (options.Json) surroundings.Tell(Json(report));
        else Tell(report);
        var isWritten = Write(report);
        if (options.IsShrunk) Shrink(results, cancellation);
        if (cancellation.IsCancellationRequested)
        {
            surroundings.Complain([$"Broken off after {results.Count} seeds."]);
            return ExitCode.Failed;
        }

        return isWritten && report.Broken.Length == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private RehearsalResult Trace(CancellationToken cancellation)
    {
        var result = RehearsalRun.Of(options.Plan, surroundings.Tell, cancellation);
        OnDone(result);
        return result;
    }

    private IReadOnlyList<RehearsalResult> Sweep(CancellationToken cancellation) => new RehearsalSweep
    {
        Plan = options.Plan,
        First = options.Plan.Seed,
        Last = options.Last,
        Jobs = options.Jobs,
        IsTwice = options.IsTwice,
        IsApart = options.IsApart,
        EndsWhenBroken = options.EndsWhenBroken,
    }.Run(OnDone, cancellation);

    private void OnDone(RehearsalResult result)
    {
        if (result.Breach is { } breach)
        {
            surroundings.Error.WriteLine(
                $"seed {result.Plan.Seed}: {breach.Invariant} ({breach.Requirement}) does not hold: "
                + $"{breach.At:MM-dd HH:mm:ss}, {breach.Account}, fact {breach.Fact}: {breach.Message}");
            surroundings.Error.WriteLine($"  again: {result.Command}");
        }
        else if (!options.Json && options.Plan.Seed != options.Last)
        {
            surroundings.Error.WriteLine(
                $"seed {result.Plan.Seed}: {result.Facts:#,0} facts, {result.Checks:#,0} checks, "
                + $"{result.Deaths} processes ended, {result.Hash[..12]}");
        }
    }

    private void Tell(RehearsalReport report)
    {
        if (options.Plan.Seed == options.Last && report.Broken is [{ Before: var before }])
        {
            surroundings.Tell("What came before:");
            foreach (var line in before) surroundings.Tell($"  {line}");
        }

        foreach (var (name, value) in RehearsalPage.Rows(report))
        {
            surroundings.Tell($"{name.PadRight(NameWidth)} {value}");
        }
    }

    private void Shrink(IReadOnlyList<RehearsalResult> results, CancellationToken cancellation)
    {
        foreach (var result in results.Where(result => result.Breach is not null))
        {
            surroundings.Error.WriteLine($"shrinking seed {result.Plan.Seed} ...");
            var smallest = Shrinker.Shrink(
                result, line => surroundings.Error.WriteLine($"  {line}"), cancellation);
            surroundings.Error.WriteLine($"smallest: {smallest.Command}");
        }
    }

    private bool Write(RehearsalReport report)
    {
        if (options.Report is not { } path) return true;
        var text = path.EndsWith(".md", StringComparison.OrdinalIgnoreCase)
            ? RehearsalPage.Of(report)
            : Json(report) + "\n";
        try
        {
            File.WriteAllText(path, text);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            surroundings.Complain([$"--report {path}: {error.Message} Choose another file."]);
            return false;
        }
    }

    private static string Json(RehearsalReport report) =>
        JsonSerializer.Serialize(report, SimulateJson.Default.RehearsalReport);

    private static string Build() => typeof(SimulateCommand).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}

/// <summary>The generated serializer of the report.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RehearsalReport))]
internal sealed partial class SimulateJson : JsonSerializerContext;

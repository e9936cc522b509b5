using System.Diagnostics;

namespace Perpkeel.EndToEnd.Tests;

/// <summary>The built command as a process of its own.</summary>
internal static class ChildProcess
{
    /// <summary>The built command.</summary>
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "perpkeel.dll");

    /// <summary>Runs the command in a folder until it ends.</summary>
    public static Task<Told> RunAsync(string workingFolder, params string[] arguments) =>
        EndAsync(Start("dotnet", workingFolder, [Program, .. arguments]));

    /// <summary>Starts the command in a folder.</summary>
    public static Process Start(string workingFolder, params string[] arguments) =>
        Start("dotnet", workingFolder, [Program, .. arguments]);

    /// <summary>Starts any program.</summary>
    public static Process Start(
        string program, string workingFolder, IEnumerable<string> arguments,
        params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Waits for a process and gives what it told.</summary>
    public static async Task<Told> EndAsync(Process process)
    {
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new Told(process.ExitCode, output, await errors);
        }
    }
}

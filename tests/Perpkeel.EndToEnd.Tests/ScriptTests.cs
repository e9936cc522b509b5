using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.EndToEnd.Tests;

/// <summary>The script at the root, with a dotnet of ours: nothing is built here.</summary>
[Trait("Req", "CLI-1")]
public sealed class ScriptTests
{
    [Fact]
    public async Task It_runs_the_program_from_anywhere_with_the_arguments_as_they_are()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        var script = Copy(folder);
        File.CreateSymbolicLink(folder.File("a link"), script);
        var said = "[" + Program(folder) + "][run][--data][a b][*]\n";

        var direct = await RunAsync(folder, "/", script, ["run", "--data", "a b", "*"]);
        var linked = await RunAsync(folder, folder.Path, "./a link", ["run", "--data", "a b", "*"]);

        Assert.Equal((0, said, "building perpkeel ...\n"), (direct.Code, direct.Out, direct.Error));
        Assert.Equal((0, said, ""), (linked.Code, linked.Out, linked.Error));
    }

    [Fact]
    public async Task What_changed_is_built_and_a_build_that_fails_is_told()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        var script = Copy(folder);
        await RunAsync(folder, "/", script, ["version"]);
        var source = Path.Combine(Path.GetDirectoryName(script)!, "src", "Changed.cs");
        await File.WriteAllTextAsync(source, "broken", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(source, File.GetLastWriteTimeUtc(Program(folder)).AddSeconds(5));

        var told = await RunAsync(folder, "/", script, ["version"]);

        Assert.Equal((1, ""), (told.Code, told.Out));
        Assert.Equal("building perpkeel ...\nerror: it is broken\n", told.Error);
    }

    [Fact]
    public async Task Without_dotnet_it_says_what_to_install()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        var script = Copy(folder);
        File.Delete(folder.File("bin/dotnet"));

        var told = await RunAsync(folder, "/", script, ["run"]);

        Assert.Equal((1, ""), (told.Code, told.Out));
        Assert.StartsWith("error: the .NET 10 SDK is not installed: ", told.Error, StringComparison.Ordinal);
    }

    private static string Program(TempFolder folder) =>
        folder.File("the clone/src/Perpkeel.Cli/bin/Release/net10.0/perpkeel.dll");

    /// <summary>
    /// A clone with the script, and a folder of programs with a dotnet that tells what it is asked.
    /// </summary>
    private static string Copy(TempFolder folder)
    {
        Directory.CreateDirectory(folder.File("the clone/src"));
        Directory.CreateDirectory(folder.File("bin"));
        var script = folder.File("the clone/perpkeel");
        File.Copy(Path.Combine(Root(), "perpkeel"), script);
        File.WriteAllText(folder.File("the clone/global.json"), "{}");
        foreach (var tool in (string[])["bash", "env", "readlink", "dirname", "find", "touch", "mkdir"])
        {
            var usual = "/usr/bin/" + tool;
            File.CreateSymbolicLink(folder.File($"bin/{tool}"), File.Exists(usual) ? usual : "/bin/" + tool);
        }

        File.WriteAllText(
            folder.File("bin/dotnet"),
            """
            #!/usr/bin/env bash
            if [[ $1 == build ]]; then
              if [[ -e $2/../Changed.cs ]]; then echo "error: it is broken"; exit 1; fi
              mkdir -p "$2/bin/Release/net10.0"
              echo >"$2/bin/Release/net10.0/perpkeel.dll"
            else
              printf '[%s]' "$@"
              echo
            fi
            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode runs =
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            File.SetUnixFileMode(folder.File("bin/dotnet"), runs);
        }

        Directory.CreateDirectory(folder.File("the clone/src/Perpkeel.Cli"));
        return script;
    }

    private static Task<Told> RunAsync(TempFolder folder, string where, string program, string[] arguments) =>
        ChildProcess.EndAsync(ChildProcess.Start(
            "/bin/bash", where, ["-c", "exec \"$@\"", "bash", program, .. arguments],
            ("PATH", folder.File("bin"))));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Perpkeel.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

using System.CommandLine;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Verbs;

/// <summary>The folder that a verb is about.</summary>
internal static class Folders
{
    /// <summary>The option that names it.</summary>
    public static Option<string?> Option() => new("--data")
    {
        Description = $"Folder of the journals [default: the one folder under {RunFolder.Home}]",
        HelpName = "DIR",
    };

    /// <summary>All folders that have a journal.</summary>
    public static Result<IReadOnlyList<string>, UserError> All()
    {
        var found = Found();
        return found.Count > 0
            ? Result<IReadOnlyList<string>, UserError>.Ok(found)
            : UserError.Of($"{RunFolder.Home}: no journal is there. Start with perpkeel run.");
    }

    /// <summary>The named folder, or the only one there is.</summary>
    public static Result<string, UserError> Find(string? named)
    {
        if (named is not null)
        {
            return File.Exists(RunFolder.JournalOf(named))
                ? named
                : UserError.Of(
                    $"{named}: no journal is there. Name the folder that run was given with --data.");
        }

        var found = Found();
        return found.Count switch
        {
            1 => found[0],
            0 => UserError.Of(
                $"{RunFolder.Home}: no journal is there. "
                + "Start with perpkeel run, or name a folder with --data."),
            _ => UserError.Of(
                $"Several folders have journals: {string.Join(", ", found)}. Name one with --data."),
        };
    }

    private static List<string> Found() => Directory.Exists(RunFolder.Home)
        ? [.. Directory.GetDirectories(RunFolder.Home)
            .Where(path => File.Exists(RunFolder.JournalOf(path))).Order(StringComparer.Ordinal)]
        : [];
}

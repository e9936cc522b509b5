using System.CommandLine;
using Perpkeel.Cli.Configuration;
using Perpkeel.Cli.Running;
using Perpkeel.Storage.Texts;

namespace Perpkeel.Cli.Verbs;

/// <summary>What is wrong with a command line, and where to read how it is written.</summary>
internal static class UsageErrors
{
    private const int MostTypos = 2;

    /// <summary>Tells what is wrong; gives the exit code.</summary>
    public static int Tell(ParseResult parsed, Surroundings surroundings)
    {
        var command = parsed.CommandResult.Command;
        var unknown = parsed.UnmatchedTokens;
        surroundings.Complain(unknown.Count > 0
            ? unknown.Select(token => Unknown(token, command))
            : parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal));
        surroundings.Error.WriteLine($"See {NameOf(command)} --help.");
        return ExitCode.Usage;
    }

    private static string Unknown(string token, Command command)
    {
        var isOption = token.StartsWith('-');
        var known = isOption
            ? command.Options.Select(option => option.Name).ToList()
            : [.. command.Subcommands.Select(verb => verb.Name)];
        var name = isOption ? token.Split('=')[0] : token;
        var kind = isOption ? "option" : known.Count > 0 ? "verb" : "argument";
        var what = $"{NameOf(command)} has no {kind} '{Quoted.WithoutControls(name)}'.";
        return known.MinBy(one => KeySuggestion.Distance(one, name)) is { } near
            && KeySuggestion.Distance(near, name) <= MostTypos ? $"{what} Did you mean {near}?" : what;
    }

    private static string NameOf(Command command)
    {
        var names = new Stack<string>();
        for (Symbol? at = command; at is Command and not RootCommand; at = at.Parents.FirstOrDefault())
        {
            names.Push(at.Name);
        }

        names.Push("perpkeel");
        return string.Join(' ', names);
    }
}

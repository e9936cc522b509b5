using System.CommandLine;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel margin tiers</c>: the tiers of a symbol, or all symbols.</summary>
internal static class MarginTiersVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var symbol = new Argument<string?>("SYMBOL")
        {
            Description = "Whose tiers; without it the symbols are listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var at = new Option<string?>("--at")
        {
            Description = "Mark the tier of this notional and say how far the next one is",
            HelpName = "NOTIONAL",
        };
        var price = new Option<string?>("--price")
        {
            Description = "Mark price, to say the way to the next tier in base units as well; goes with --at",
            HelpName = "PRICE",
        };
        var tiers = MarginOptions.Tiers();
        var json = MarginOptions.Json();
        var command = new Command("tiers", "Show the tiers of a symbol, or list the symbols")
        {
            symbol, at, price, tiers, json,
        };
        command.SetAction(parsed =>
        {
            var wrong = new List<string>();
            var request = new TiersRequest(
                parsed.GetValue(symbol), Positive("--at", parsed.GetValue(at), wrong),
                Positive("--price", parsed.GetValue(price), wrong));
            if (wrong.Count == 0 && request.Wrong() is { } together) wrong.Add(together);
            if (wrong.Count == 0)
            {
                return new TiersCommand(surroundings)
                    .Execute(request, parsed.GetValue(tiers), parsed.GetValue(json));
            }

            surroundings.Complain(wrong);
            return ExitCode.Usage;
        });
        return command;
    }

    private static decimal? Positive(string name, string? text, List<string> wrong)
    {
        if (text is null) return null;
        if (!Amounts.Read(name, text).TryGet(out var value, out var message)) wrong.Add(message);
        else if (value <= 0m) wrong.Add($"{name} {text}: give one above zero.");
        return value;
    }
}

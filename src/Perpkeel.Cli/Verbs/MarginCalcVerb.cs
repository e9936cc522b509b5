using System.CommandLine;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel margin calc</c>: everything about one position.</summary>
internal static class MarginCalcVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var position = new PositionOptions();
        var tiers = MarginOptions.Tiers();
        var json = MarginOptions.Json();
        var command = new Command("calc", "Margin, liquidation price and limits of one position");
        position.AddTo(command);
        command.Add(tiers);
        command.Add(json);
        command.SetAction(parsed =>
        {
            if (position.Read(parsed).TryGet(out var request, out var wrong))
            {
                return new CalcCommand(surroundings)
                    .Execute(request, parsed.GetValue(tiers), parsed.GetValue(json));
            }

            surroundings.Complain(wrong);
            return ExitCode.Usage;
        });
        return command;
    }
}

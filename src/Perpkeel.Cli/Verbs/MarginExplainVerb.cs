using System.CommandLine;
using Perpkeel.Cli.Margin;
using Perpkeel.Cli.Running;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel margin explain</c>: where the figures of a position come from.</summary>
internal static class MarginExplainVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var position = new PositionOptions();
        var tiers = MarginOptions.Tiers();
        var json = MarginOptions.Json();
        var command = new Command("explain", "The same position, tier by tier and in words");
        position.AddTo(command);
        command.Add(tiers);
        command.Add(json);
        command.SetAction(parsed =>
        {
            if (position.Read(parsed).TryGet(out var request, out var wrong))
            {
                return new ExplainCommand(surroundings)
                    .Execute(request, parsed.GetValue(tiers), parsed.GetValue(json));
            }

            surroundings.Complain(wrong);
            return ExitCode.Usage;
        });
        return command;
    }
}

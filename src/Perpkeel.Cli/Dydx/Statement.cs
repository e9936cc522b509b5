using System.Text.Json.Nodes;

namespace Perpkeel.Cli.Dydx;

/// <summary>One thing that is told: to people in lines, to programs as one JSON object.</summary>
/// <param name="Event">What happened, e.g. <c>sent</c>; the member <c>event</c> of the object.</param>
/// <param name="Facts">The other members of the object.</param>
/// <param name="Lines">The same in words.</param>
internal sealed record Statement(string Event, JsonObject Facts, IReadOnlyList<string> Lines);

/// <summary>Tells statements in the way that was asked for.</summary>
/// <param name="surroundings">Where results and errors go.</param>
/// <param name="isJson">One JSON object a line instead of words.</param>
internal sealed class Teller(Surroundings surroundings, bool isJson)
{
    /// <summary>Tells.</summary>
    public void Tell(Statement statement)
    {
        if (isJson)
        {
            var facts = new JsonObject { ["event"] = statement.Event };
            foreach (var (name, value) in statement.Facts) facts[name] = value?.DeepClone();
            surroundings.Tell(facts.ToJsonString());
            return;
        }

        foreach (var line in statement.Lines) surroundings.Tell(line);
    }

    /// <summary>Tells.</summary>
    public void Tell(string name, JsonObject facts, params string[] lines) =>
        Tell(new Statement(name, facts, lines));

    /// <summary>Tells what is wrong, in words on the error output and with JSON as an object too.</summary>
    public void Fail(string name, JsonObject facts, params string[] lines)
    {
        surroundings.Complain(lines);
        if (!isJson) return;
        facts["message"] = string.Join(' ', lines);
        Tell(new Statement(name, facts, []));
    }
}

using System.CommandLine;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel keys</c>: keys of venues.</summary>
internal static class KeysVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings) =>
        new("keys", "Look after keys of venues")
        {
            new Command("dydx", "Make keys, and permit others to trade without the right to withdraw")
            {
                KeysNewVerb.Create(surroundings),
                KeysPermitVerb.Authorize(surroundings),
                KeysListVerb.List(surroundings),
                KeysListVerb.Verify(surroundings),
                KeysPermitVerb.Rotate(surroundings),
                KeysPermitVerb.Remove(surroundings),
            },
        };
}

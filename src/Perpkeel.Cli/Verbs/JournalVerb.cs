using System.CommandLine;
using Perpkeel.Cli.Running;

namespace Perpkeel.Cli.Verbs;

/// <summary><c>perpkeel journal verify</c>: whether the journals of a folder are what was written.</summary>
internal static class JournalVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var data = Folders.Option();
        var verify = new Command("verify", "Check every record of a folder's journals against its hash chain")
        {
            data,
        };
        verify.SetAction(parsed => new VerifyCommand(surroundings).Execute(parsed.GetValue(data)));
        return new Command("journal", "Look after journals") { verify };
    }
}

using Perpkeel.Cli.Verbs;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Cli.Running;

/// <summary>Carries out <c>perpkeel journal verify</c>.</summary>
internal sealed class VerifyCommand(Surroundings surroundings)
{
    /// <summary>Checks both journals of a folder; gives the exit code.</summary>
    public int Execute(string? folder)
    {
        if (!Folders.Find(folder).TryGet(out var path, out var wrong))
        {
            surroundings.Complain(wrong.Lines);
            return ExitCode.Failed;
        }

        var isSound = true;
        foreach (var file in (string[])[RunFolder.JournalOf(path), RunFolder.VenueOf(path)])
        {
            isSound &= Check(file);
        }

        surroundings.Out.WriteLine(isSound
            ? "Sound: every record is as it was written."
            : "Not sound. Keep the folder as it is, and go on from a backup or in another folder.");
        return isSound ? ExitCode.Ok : ExitCode.Unsound;
    }

    private bool Check(string file)
    {
        try
        {
            var result = JournalVerifier.Verify(file);
            foreach (var fault in result.Faults) surroundings.Out.WriteLine($"{file}: {fault}");
            foreach (var stream in result.Streams)
            {
                Tell(file, stream.Stream, "records", stream.Records);
                Tell(file, stream.Stream, "recovery records", stream.Recovery);
                if (stream.SnapshotFault is { } fault) surroundings.Out.WriteLine($"{file}: {fault}");
            }

            return result.IsSound;
        }
        catch (JournalException error)
        {
            surroundings.Out.WriteLine(error.Message);
            return false;
        }
    }

    private void Tell(string file, string stream, string what, ChainVerification chain)
    {
        if (chain.Records == 0 && chain.FaultCount == 0) return;
        var verdict = chain.FaultCount switch
        {
            0 => "sound",
            1 => "1 fault",
            var count => $"{count} faults",
        };
        surroundings.Out.WriteLine(
            $"{file}: {stream}: {what} {chain.FirstSequence}..{chain.LastSequence}: {verdict}, "
            + $"head {chain.Head}");
        foreach (var fault in chain.Faults)
        {
            surroundings.Out.WriteLine($"{file}: {stream}: {what} {fault.Sequence}: {fault.What}");
        }
    }
}

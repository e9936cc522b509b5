using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Paper;
using Perpkeel.Testing;
using Perpkeel.Venues.Journal;
using Xunit;

namespace Perpkeel.Runtime.Tests.Runs;

/// <summary>All lives of one run, each on what the one before it has left.</summary>
internal sealed class RunStory
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private static readonly DateTimeOffset Until = RestlessMarkets.End.AddSeconds(20);

    public ProtectionWatch Watch { get; } = new();

    public (string Session, string Venue) Heads { get; private set; }

    /// <summary>Commits of the last life.</summary>
    public int Commits { get; private set; }

    public int Deaths { get; private set; }

    /// <summary>Whether it was the session's journal whose commit was broken off last.</summary>
    public bool SessionDied { get; private set; }

    /// <summary>Every order that was sent, once; one sent again must be the same to the last digit.</summary>
    public List<OrderIntent> Distinct { get; private set; } = [];

    /// <summary>Lives until all deaths have been died.</summary>
    public static RunStory Of(PaperSettings venue, IEnumerable<CommitFault> faults, TimeSpan? deadline = null)
    {
        var story = new RunStory();
        var wire = new List<OrderIntent>();
        var logs = RunLogs.New(new CommitFault(0, takesEffect: true));
        foreach (var fault in faults.Append(new CommitFault(0, takesEffect: true)))
        {
            logs = logs.Survivors(fault);
            if (story.Live(venue, logs, wire, deadline ?? Deadline)) break;
            story.Deaths++;
            story.SessionDied = ReferenceEquals(fault.BrokenLog, logs.Session);
        }

        Assert.False(logs.Fault.IsBroken);
        story.Heads = logs.Heads;
        story.Commits = logs.Fault.Commits;
        story.Distinct = [.. wire.Distinct().OrderBy(order => order.ClientId)];
        Assert.Equal(story.Distinct.Count, wire.DistinctBy(order => order.ClientId).Count());
        return story;
    }

    private bool Live(PaperSettings venue, RunLogs logs, List<OrderIntent> wire, TimeSpan deadline)
    {
        try
        {
            using var life = new RunLife(new RestlessMarkets(), RestlessMarkets.BeginsAt, logs, wire, venue);
            return life.RunUntil(Until, logs.Fault, () => Watch.Look(logs.Venue, life.Clock.Now, deadline));
        }
        catch (JournalException) when (logs.Fault.IsBroken)
        {
            return false;
        }
    }
}

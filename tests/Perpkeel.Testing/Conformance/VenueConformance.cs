using System.Text;

namespace Perpkeel.Testing.Conformance;

/// <summary>
/// The contract of a venue behind the port, as numbered cases. A venue's tests run each of them by its id and
/// keep the table of what came out.
/// </summary>
public static class VenueConformance
{
    /// <summary>All cases, by number.</summary>
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        .. ConnectCases.All, .. TakingCases.All, .. RestingCases.All, .. CancelCases.All, .. TriggerCases.All,
        .. ReducingCases.All, .. RefusalCases.All, .. OutcomeCases.All, .. MoneyCases.All,
        .. RestartCases.All,
    ];

    /// <summary>Their ids, as a test theory wants them.</summary>
    public static IEnumerable<string> Ids => All.Select(each => each.Id);

    /// <summary>Tries one case on a venue of its own.</summary>
    /// <exception cref="ConformanceException">The venue does not do what it asks.</exception>
    public static async Task<ConformanceOutcome> RunAsync(string id, IVenueMaker venues)
    {
        ArgumentNullException.ThrowIfNull(venues);
        var tried = All.Single(each => string.Equals(each.Id, id, StringComparison.Ordinal));
        await using var venue = await venues.OpenAsync(tried.Deposit);
        if (tried.IsOffered?.Invoke(venue) == false) return ConformanceOutcome.NotOffered;
        await tried.RunAsync(new ConformanceScene(venue));
        return ConformanceOutcome.Passed;
    }

    /// <summary>Tries one case; a venue that does not conform has failed it, and why is told.</summary>
    public static async Task<(ConformanceOutcome Outcome, string Why)> TryAsync(string id, IVenueMaker venues)
    {
        try
        {
            return (await RunAsync(id, venues), string.Empty);
        }
        catch (ConformanceException fault)
        {
            return (ConformanceOutcome.Failed, fault.Message);
        }
    }

    /// <summary>The table of capabilities of venues.</summary>
    /// <param name="venues">What each of them is called, and what became of every case with it.</param>
    public static string Table(
        IReadOnlyList<(string Name, IReadOnlyDictionary<string, ConformanceOutcome> Outcomes)> venues)
    {
        ArgumentNullException.ThrowIfNull(venues);
        var text = new StringBuilder();
        text.Append("| Case | About | A venue that passes | ")
            .AppendJoin(" | ", venues.Select(each => each.Name)).Append(" |\n|---|---|---")
            .Insert(text.Length, "|---", venues.Count).Append("|\n");
        foreach (var each in All)
        {
            var words = venues.Select(venue => WordOf(venue.Outcomes[each.Id]));
            text.Append("| ").Append(each.Id).Append(" | ").Append(each.Area).Append(" | ").Append(each.Asks)
                .Append(" | ").AppendJoin(" | ", words).Append(" |\n");
        }

        return text.ToString();
    }

    private static string WordOf(ConformanceOutcome outcome) => outcome switch
    {
        ConformanceOutcome.Passed => "passed",
        ConformanceOutcome.NotOffered => "not offered",
        _ => "**failed**",
    };
}

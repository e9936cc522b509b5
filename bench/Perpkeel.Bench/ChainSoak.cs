using System.Globalization;
using Perpkeel.Simulation.Tests.Chain.Blocks;

namespace Perpkeel.Bench;

/// <summary>
/// A long life of the whole chain: after every block no book is crossed and nobody is left below maintenance,
/// and every few blocks all money, pools, positions and orders add up.
/// </summary>
internal static class ChainSoak
{
    private const int OrdersInBlock = 30;
    private const int AuditEvery = 20;
    private const int JumpEvery = 1_000;

    /// <summary>
    /// Prints what happened and the number of the history; 1 when something did not add up.
    /// </summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var orders = arguments.Count > 0 ? long.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000;
        var seed = arguments.Count > 1 ? ulong.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        var life = new ChainLife(seed, JumpEvery);
        var start = life.Venue.Time;
        for (var block = 0; life.Orders < orders; block++)
        {
            _ = life.Block(OrdersInBlock);
            var fault = ChainAudit.FaultOfBooks(life.Venue) ?? ChainAudit.FaultOfMargins(life.Venue)
                ?? (block % AuditEvery == 0 ? ChainAudit.FaultOf(life.Venue) : null);
            if (fault is null) continue;
            Console.Error.WriteLine($"block {life.Venue.Height} of seed {seed}: {fault}");
            return 1;
        }

        foreach (var (what, count) in life.Counts)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,10} {what}"));
        }

        var hours = (life.Venue.Time - start).TotalHours;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{life.Orders} orders, {life.Venue.Height} blocks, {hours:F1} h, "
            + $"hash {life.Venue.HistoryHash:x16}"));
        return 0;
    }
}

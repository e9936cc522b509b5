using System.Globalization;

namespace Perpkeel.Bench;

/// <summary>
/// Cases that are measured in turn, again and again, so that a noisy moment hits all of
/// them.
/// </summary>
internal sealed class Cases
{
    private const double WarmUpSeconds = 0.15d;

    private readonly List<(string Name, int Count, Action Body)> _cases = [];

    /// <summary>Adds a case.</summary>
    /// <param name="name">What it is called in the table.</param>
    /// <param name="count">How many calculations one call of the body makes.</param>
    /// <param name="body">The work.</param>
    public void Add(string name, int count, Action body) => _cases.Add((name, count, body));

    /// <summary>Runs all cases in turn and prints best and median in millions a second.</summary>
    /// <param name="repeats">How often each is measured.</param>
    public void Run(int repeats)
    {
        var seconds = _cases.ConvertAll(_ => new List<double>());
        for (var turn = 0; turn < 3; turn++) WarmUp();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            for (var i = 0; i < _cases.Count; i++) seconds[i].Add(Seconds(_cases[i].Body));
        }

        for (var i = 0; i < _cases.Count; i++)
        {
            seconds[i].Sort();
            Print(
                _cases[i].Name, _cases[i].Count / seconds[i][0] / 1e6,
                _cases[i].Count / seconds[i][seconds[i].Count / 2] / 1e6);
        }
    }

    /// <summary>Prints a line of the table.</summary>
    public static void Print(string name, double best, double median) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name} | {best:0.0000} | {median:0.0000}"));

    /// <summary>How long some work takes.</summary>
    public static double Seconds(Action body)
    {
        var start = TimeProvider.System.GetTimestamp();
        body();
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Bytes that some work allocates.</summary>
    public static long Allocated(Action body)
    {
        body();
        var before = GC.GetAllocatedBytesForCurrentThread();
        body();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Long enough for the last tier of compilation.</summary>
    private void WarmUp()
    {
        foreach (var (_, _, body) in _cases)
        {
            for (var spent = 0d; spent < WarmUpSeconds;) spent += Seconds(body);
        }
    }
}

using System.Collections.Concurrent;

namespace Perpkeel.Venues.Dydx.Tests.Local;

/// <summary>
/// Runs everything of a test on one thread, so that it can wait until nothing is left to do.
/// </summary>
internal sealed class OneThread : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> _work = [];
    private readonly Queue<TaskCompletionSource> _idle = [];

    public static void Run(Func<OneThread, Task> body)
    {
        var before = Current;
        var thread = new OneThread();
        SetSynchronizationContext(thread);
        try
        {
            var task = body(thread);
            while (!task.IsCompleted) thread.Step();
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));

    /// <summary>Ends when all else that could run has run.</summary>
    public Task IdleAsync()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _idle.Enqueue(source);
        return source.Task;
    }

    private void Step()
    {
        if (!_work.TryTake(out var next))
        {
            if (_idle.TryDequeue(out var idle)) idle.SetResult();
            next = _work.Take();
        }

        next.Work(next.State);
    }
}

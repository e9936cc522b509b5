using System.Diagnostics.CodeAnalysis;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Venues.Dydx.Delivery;

/// <summary>A nonce that may be sent now.</summary>
/// <param name="Ticket">Gives the turn back.</param>
/// <param name="Nonce">The nonce.</param>
internal readonly record struct NonceTurn(long Ticket, ulong Nonce);

/// <summary>
/// Keeps the transactions of one owner that are under way so few that none can come too late: the chain
/// remembers the twenty largest nonces of an account, and takes none below those it forgot. Safe to share
/// between threads.
/// </summary>
/// <remarks>
/// Nonces are drawn in the order of the turns; one waits until the one twenty before it is back.
/// </remarks>
internal sealed class NonceWindow(TimestampNonces nonces, TimeProvider time)
{
    /// <summary>Nonces that the chain remembers of an account.</summary>
    public const int Remembered = 20;

    /// <summary>Transactions that may wait for their turn; more are refused.</summary>
    public const int MostWaiting = 4_096;

    private readonly Lock _gate = new();
    private readonly SortedSet<long> _underWay = [];
    private readonly Queue<TaskCompletionSource<Result<NonceTurn, TimingError>>> _waiting = [];
    private long _next;

    /// <summary>Waits for a turn and draws its nonce then.</summary>
    [SuppressMessage(
        "Reliability", "CA2016:Forward the CancellationToken",
        Justification = "A turn that comes after its caller gave up is given back.")]
    public async Task<Result<NonceTurn, TimingError>> EnterAsync(CancellationToken cancellation)
    {
        var source = new TaskCompletionSource<Result<NonceTurn, TimingError>>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_waiting.Count >= MostWaiting) return TimingError.TooManyWait(MostWaiting);
            _waiting.Enqueue(source);
            Grant();
        }

        using var given = cancellation.Register(() => source.TrySetCanceled(cancellation));
        return await source.Task;
    }

    /// <summary>Gives a turn back, whatever became of its transaction.</summary>
    public void Leave(NonceTurn turn)
    {
        lock (_gate)
        {
            _underWay.Remove(turn.Ticket);
            Grant();
        }
    }

    /// <summary>Continuations run elsewhere, so that nothing foreign runs under the lock.</summary>
    private void Grant()
    {
        while (_waiting.Count > 0 && (_underWay.Count == 0 || _underWay.Min + Remembered > _next))
        {
            var source = _waiting.Dequeue();
            if (source.Task.IsCompleted) continue;
            if (!nonces.Next(time.GetUtcNow()).TryGet(out var nonce, out var error))
            {
                source.TrySetResult(error);
                continue;
            }

            if (source.TrySetResult(new NonceTurn(_next, nonce))) _underWay.Add(_next++);
        }
    }
}

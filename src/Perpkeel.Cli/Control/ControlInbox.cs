using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Perpkeel.Cli.Control;

/// <summary>
/// The way from the sockets' threads to the run's: requests wait here until the run looks between two
/// instants, and answers go back from there. Nothing else crosses.
/// </summary>
internal sealed class ControlInbox : IDisposable
{
    private readonly Dictionary<string, IControlHandler> _handlers;
    private readonly Channel<Pending> _waiting = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(ControlLimits.MostWaiting)
        {
            // A request that finds no room is answered with "busy".
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
        });

    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly HashSet<Pending> _begun = [];

    /// <summary>Takes requests of these kinds.</summary>
    public ControlInbox(IEnumerable<IControlHandler> handlers) =>
        _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);

    /// <summary>The kinds that it knows, in order.</summary>
    public IEnumerable<string> Kinds => _handlers.Keys.Order(StringComparer.Ordinal);

    /// <summary>Set when something waits.</summary>
    public WaitHandle Wake => _wake;

    /// <summary>Hands a request in, from any thread; the answer comes when the run gives it.</summary>
    public Task<ControlAnswer> AskAsync(ControlRequest request)
    {
        if (!_handlers.TryGetValue(request.Kind, out var handler))
        {
            return Task.FromResult(ControlAnswer.Of(ControlError.UnknownKind(request.Kind, Kinds)));
        }

        var pending = new Pending(request, handler);
        if (_waiting.Writer.TryWrite(pending))
        {
            _wake.Set();
            return pending.Answer.Task;
        }

        var isOver = _waiting.Reader.Completion.IsCompleted;
        return Task.FromResult(ControlAnswer.Of(isOver ? ControlError.RunEnded : ControlError.Busy));
    }

    /// <summary>Begins all that waits. On the run's thread, with its clock entered.</summary>
    /// <remarks>
    /// No more than may wait at once, so that a client that asks without pause cannot hold up the run.
    /// </remarks>
    public void CarryOut()
    {
        for (var i = 0; i < ControlLimits.MostWaiting && _waiting.Reader.TryRead(out var pending); i++)
        {
            _begun.Add(pending);
            _ = CarryOutAsync(pending);
        }
    }

    /// <summary>Answers everything that has no answer yet: the run is over. On the run's thread.</summary>
    public void Close()
    {
        _waiting.Writer.TryComplete();
        while (_waiting.Reader.TryRead(out var pending)) _begun.Add(pending);
        foreach (var pending in _begun) pending.Answer.TrySetResult(ControlAnswer.Of(ControlError.RunEnded));
        _begun.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _wake.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification =
        "Whoever asks must not be able to end the run: a bug of a handler is told to them and no further.")]
    private async Task CarryOutAsync(Pending pending)
    {
        ControlAnswer answer;
        try
        {
            answer = await pending.Handler.HandleAsync(pending.Request);
        }
        catch (OperationCanceledException)
        {
            answer = ControlAnswer.Of(ControlError.RunEnded);
        }
        catch (Exception error)
        {
            answer = ControlAnswer.Of(ControlError.Fault(error.Message));
        }

        _begun.Remove(pending);
        pending.Answer.TrySetResult(answer);
    }

    /// <summary>A request and the promise of its answer, which is taken up on another thread.</summary>
    private sealed class Pending(ControlRequest request, IControlHandler handler)
    {
        public ControlRequest Request => request;

        public IControlHandler Handler => handler;

        public TaskCompletionSource<ControlAnswer> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

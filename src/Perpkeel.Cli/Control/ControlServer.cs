using System.Net.Sockets;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Control;

/// <summary>
/// The control socket of a run: a Unix-domain socket for the user alone, served on threads of its own. A
/// request goes through the inbox to the run's thread; whatever a client does, the run does not wait for it.
/// </summary>
internal sealed class ControlServer : IDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly string _folder;
    private readonly Socket _listener;
    private readonly ControlInbox _inbox;
    private readonly ControlLimits _limits;
    private readonly TimeProvider _wall;
    private readonly CancellationTokenSource _noMore = new();

    /// <summary>Counts connections, and the server itself as one.</summary>
    private readonly CountdownEvent _open = new(1);

    private ControlServer(
        string folder, string path, Socket listener, ControlInbox inbox, ControlLimits limits,
        TimeProvider wall)
    {
        _folder = folder;
        Path = path;
        _listener = listener;
        _inbox = inbox;
        _limits = limits;
        _wall = wall;
        _ = WithoutHome(AcceptAsync);
    }

    /// <summary>The socket.</summary>
    public string Path { get; }

    /// <summary>Opens a folder's socket; one that a dead process left is replaced.</summary>
    /// <param name="folder">The data folder; the caller has the right to write to its journal.</param>
    /// <param name="inbox">Where requests go.</param>
    /// <param name="world">For the environment and the clock.</param>
    /// <param name="limits">How much it takes.</param>
    public static Result<ControlServer, UserError> Open(
        string folder, ControlInbox inbox, Surroundings world, ControlLimits? limits = null)
    {
        try
        {
            if (ControlPlace.Find(folder) is { } old && Occupied(folder, old) is { } taken) return taken;
            if (!ControlPlace.ForRun(folder, world.Environment).TryGet(out var path, out var wrong)
                || (wrong = File.Exists(path) ? Occupied(folder, path) : null) is not null)
            {
                return wrong;
            }

            var listener = Listen(path);
            ControlPlace.Point(folder, path);
            return new ControlServer(
                folder, path, listener, inbox, limits ?? new ControlLimits(), world.Wall);
        }
        catch (Exception error) when (
            error is SocketException or IOException or UnauthorizedAccessException
                or PlatformNotSupportedException)
        {
            return UserError.Of($"{folder}: the control socket cannot be opened: {error.Message}");
        }
    }

    /// <summary>
    /// Takes no more requests, lets the last answers leave, and removes the socket. The inbox is to be closed
    /// before, so that every request has its answer.
    /// </summary>
    public void Dispose()
    {
        _noMore.Cancel();
        _listener.Dispose();
        _open.Signal();
        var isQuiet = _open.Wait(_limits.ClosingTime, CancellationToken.None);
        if (isQuiet) _open.Dispose();
        _noMore.Dispose();
        try
        {
            ControlPlace.Remove(_folder, Path);
            ControlPlace.Point(_folder, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays as one that a dead process left: the next start replaces it.
            return;
        }
    }

    /// <summary>Why a path cannot be had; null after what a dead process left there was removed.</summary>
    private static UserError? Occupied(string folder, string path)
    {
        if (IsFile(path))
        {
            return UserError.Of($"{path}: something else than a socket is there. Move it away.");
        }

        if (!ControlPlace.Fits(path))
        {
            return UserError.Of(
                $"{path}: it cannot be told whether somebody listens there: the path is too long for a "
                + "socket. Remove it if no run uses the folder.");
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return UserError.Of(
                $"{path}: another process listens there. Stop it, or choose another folder with --data.");
        }
        catch (SocketException error) when (
            error.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable)
        {
            ControlPlace.Remove(folder, path);
            return null;
        }
    }

    /// <summary>Whether it can be read as a file: no socket can.</summary>
    private static bool IsFile(string path)
    {
        try
        {
            using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Between bind and listen nobody can connect: that is when the rights are set.</summary>
    private static Socket Listen(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            listener.Listen(ControlLimits.MostConnections);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Begins something whose continuations must not come to the caller's thread, which may be the run's.
    /// </summary>
    private static Task WithoutHome(Func<Task> begin)
    {
        var home = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return begin();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(home);
        }
    }

    private async Task AcceptAsync()
    {
        var noMore = _noMore.Token;
        while (!noMore.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptAsync(noMore);
                _ = ServeAsync(client, noMore);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // One client that came to nothing, or no more handles for now: others may be luckier.
                await Task.Delay(AfterFailure, _wall, CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken noMore)
    {
        using (client)
        {
            if (!_open.TryAddCount()) return;
            try
            {
                if (_open.CurrentCount > ControlLimits.MostConnections + 1)
                {
                    await ControlConnection.DismissAsync(client, ControlError.Busy, _limits, _wall);
                }
                else
                {
                    await new ControlConnection(client, _inbox, _limits, _wall).ServeAsync(noMore);
                }
            }
            finally
            {
                _open.Signal();
            }
        }
    }
}

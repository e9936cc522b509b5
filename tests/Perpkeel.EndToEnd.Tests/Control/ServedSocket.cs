using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Perpkeel.Cli.Control;
using Xunit;

namespace Perpkeel.EndToEnd.Tests.Control;

/// <summary>A control socket with a thread behind it that carries out what waits, as a run does.</summary>
internal sealed class ServedSocket : IDisposable
{
    private readonly ControlInbox _inbox;
    private readonly ControlServer _server;
    private readonly Thread _thread;
    private volatile bool _isOver;

    public ServedSocket(string folder, ControlLimits? limits, params IControlHandler[] handlers)
    {
        _inbox = new ControlInbox(handlers);
        var opened = ControlServer.Open(folder, _inbox, CommandLines.World(), limits);
        Assert.True(opened.TryGet(out var server, out var wrong), wrong?.Lines[0]);
        _server = server;
        _thread = new Thread(CarryOut) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The socket's file.</summary>
    public string Path => _server.Path;

    /// <summary>Whether requests are left lying.</summary>
    public bool IsBusy { get; set; }

    /// <summary>A raw client.</summary>
    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(
            new UnixDomainSocketEndPoint(Path), TestContext.Current.CancellationToken);
        return socket;
    }

    public static Task SendAsync(Socket socket, string text) =>
        SendAsync(socket, Encoding.UTF8.GetBytes(text));

    public static async Task SendAsync(Socket socket, byte[] bytes) =>
        await socket.SendAsync(bytes, SocketFlags.None, TestContext.Current.CancellationToken);

    /// <summary>The next line as JSON; null when the other side has ended.</summary>
    public static async Task<JsonElement?> ReadAsync(Socket socket)
    {
        var lines = new SocketLines(socket, ControlLimits.MostAnswerBytes);
        var line = await lines.NextAsync(TestContext.Current.CancellationToken);
        return line.Kind == LineEnd.Line ? JsonDocument.Parse(line.Bytes).RootElement : null;
    }

    /// <summary>The code of the next line's error.</summary>
    public static async Task<string?> ErrorAsync(Socket socket) =>
        (await ReadAsync(socket))?.GetProperty("error").GetProperty("code").GetString();

    /// <summary>A request as a line.</summary>
    public static string Line(string kind, string arguments, int id = 1) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"v":1,"id":"{{id}}","kind":"{{kind}}","arguments":{{arguments}}}""") + "\n";

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
        _inbox.Close();
        _server.Dispose();
        _inbox.Dispose();
    }

    private void CarryOut()
    {
        while (!_isOver)
        {
            _inbox.Wake.WaitOne(TimeSpan.FromMilliseconds(5));
            if (!IsBusy) _inbox.CarryOut();
        }
    }
}

using System.Net.Sockets;
using Perpkeel.Cli.Control;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.CommandLines;
using static Perpkeel.EndToEnd.Tests.Control.ServedSocket;

namespace Perpkeel.EndToEnd.Tests.Control;

[Trait("Req", "CLI-2")]
public sealed class PlaceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_socket_is_for_its_user_alone_and_goes_with_the_run()
    {
        var served = new ServedSocket(_folder.Path, null);
        var path = Path.Combine(_folder.Path, ControlPlace.SocketName);

        Assert.Equal(path, served.Path);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        served.Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task What_a_dead_process_left_is_replaced()
    {
        var path = Path.Combine(_folder.Path, ControlPlace.SocketName);
        LeaveBehind(path);

        using var served = new ServedSocket(_folder.Path, null, new EchoHandler("echo"));
        using var client = await served.ConnectAsync();
        await SendAsync(client, Line("echo", "1"));

        Assert.Equal(1, (await ReadAsync(client))?.GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task What_a_live_process_has_is_never_taken()
    {
        using var served = new ServedSocket(_folder.Path, null, new EchoHandler("echo"));
        using var inbox = new ControlInbox([]);

        var isOpen = ControlServer.Open(_folder.Path, inbox, World()).TryGet(out _, out var wrong);

        Assert.False(isOpen);
        Assert.Equal(
            $"{served.Path}: another process listens there. Stop it, or choose another folder with --data.",
            Assert.Single(wrong!.Lines));
        using var client = await served.ConnectAsync();
        await SendAsync(client, Line("echo", "1"));
        Assert.NotNull(await ReadAsync(client));
    }

    [Fact]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        var path = Path.Combine(_folder.Path, ControlPlace.SocketName);
        File.WriteAllText(path, "notes");
        using var inbox = new ControlInbox([]);

        var isOpen = ControlServer.Open(_folder.Path, inbox, World()).TryGet(out _, out var wrong);

        Assert.False(isOpen);
        Assert.Equal(
            $"{path}: something else than a socket is there. Move it away.", Assert.Single(wrong!.Lines));
        Assert.Equal("notes", File.ReadAllText(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_path_too_long_for_a_socket_is_gone_around(bool hasRuntimeFolder)
    {
        var data = Directory.CreateDirectory(_folder.File(new string('d', 110))).FullName;
        var runtime = Directory.CreateDirectory(_folder.File("r")).FullName;
        var world = World() with
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["XDG_RUNTIME_DIR"] = hasRuntimeFolder ? runtime : _folder.File("missing"),
            },
        };
        using var inbox = new ControlInbox([new EchoHandler("echo")]);

        Assert.True(ControlServer.Open(data, inbox, world).TryGet(out var server, out _));
        var socket = server.Path;
        var found = ControlPlace.Find(data);
        var answer = new ControlClient(TimeProvider.System).AskAsync(
            data, "shout", null, ControlClient.Patience, TestContext.Current.CancellationToken);
        Assert.True((await answer).TryGet(out var told, out _));
        server.Dispose();

        Assert.Equal(socket, found);
        Assert.Equal(hasRuntimeFolder, socket.StartsWith(runtime, StringComparison.Ordinal));
        Assert.Equal("unknown-kind", told.Error?.Code);
        Assert.Empty(Directory.GetFileSystemEntries(data));
        Assert.Empty(Directory.GetFileSystemEntries(runtime));
        Assert.False(File.Exists(socket));
        if (!hasRuntimeFolder) Assert.False(Directory.Exists(Path.GetDirectoryName(socket)));
    }

    [Fact]
    public void A_socket_elsewhere_that_a_dead_process_left_is_replaced_too()
    {
        var data = Directory.CreateDirectory(_folder.File(new string('d', 110))).FullName;
        var old = Directory.CreateTempSubdirectory("perpkeel-control-").FullName;
        var left = Path.Combine(old, ControlPlace.SocketName);
        LeaveBehind(left);
        File.WriteAllText(Path.Combine(data, ControlPlace.PointerName), left + "\n");

        using var served = new ServedSocket(data, null);

        Assert.NotEqual(left, served.Path, StringComparer.Ordinal);
        Assert.False(Directory.Exists(old));
        Assert.Equal(served.Path, ControlPlace.Find(data));
    }

    [Fact]
    public async Task A_socket_under_a_path_too_long_to_be_asked_is_told_to_run_and_to_client()
    {
        var data = Directory.CreateDirectory(_folder.File(new string('d', 110))).FullName;
        var left = _folder.File(ControlPlace.SocketName);
        LeaveBehind(left);
        File.Move(left, Path.Combine(data, ControlPlace.SocketName));
        using var inbox = new ControlInbox([]);

        var isOpen = ControlServer.Open(data, inbox, World()).TryGet(out _, out var wrong);
        var answer = await new ControlClient(TimeProvider.System).AskAsync(
            data, "echo", null, ControlClient.Patience, TestContext.Current.CancellationToken);

        Assert.False(isOpen);
        Assert.Contains("the path is too long for a socket", wrong!.Lines[0], StringComparison.Ordinal);
        Assert.False(answer.TryGet(out _, out var silence));
        Assert.IsType<ControlSilence.NoAnswer>(silence);
    }

    [Fact]
    public async Task Where_nobody_listens_there_is_no_run()
    {
        var client = new ControlClient(TimeProvider.System);
        var nothing = await Ask();
        LeaveBehind(Path.Combine(_folder.Path, ControlPlace.SocketName));
        var left = await Ask();

        Assert.False(nothing.TryGet(out _, out var silence));
        Assert.IsType<ControlSilence.NoRun>(silence);
        Assert.False(left.TryGet(out _, out silence));
        Assert.IsType<ControlSilence.NoRun>(silence);

        Task<Core.Numbers.Result<ControlAnswer, ControlSilence>> Ask() => client.AskAsync(
            _folder.Path, "echo", null, ControlClient.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_run_that_does_not_answer_is_told_apart_from_none()
    {
        using var served = new ServedSocket(_folder.Path, null, new EchoHandler("echo")) { IsBusy = true };

        var answer = await new ControlClient(TimeProvider.System).AskAsync(
            _folder.Path, "echo", null, TimeSpan.FromMilliseconds(100),
            TestContext.Current.CancellationToken);

        Assert.False(answer.TryGet(out _, out var silence));
        Assert.StartsWith(
            "The run does not answer within 0.1 s", Assert.IsType<ControlSilence.NoAnswer>(silence).Why,
            StringComparison.Ordinal);
    }

    /// <summary>A socket's file that nobody listens to, as a killed process leaves it.</summary>
    private static void LeaveBehind(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var kept = path + ".kept";
        socket.Bind(new UnixDomainSocketEndPoint(path));

        // Closing removes the file by its name: under another one it stays.
        File.Move(path, kept);
        socket.Dispose();
        File.Move(kept, path);
    }
}

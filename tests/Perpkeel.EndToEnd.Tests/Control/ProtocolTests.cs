using System.Text;
using Perpkeel.Cli.Control;
using Perpkeel.Testing;
using Xunit;
using static Perpkeel.EndToEnd.Tests.Control.ServedSocket;

namespace Perpkeel.EndToEnd.Tests.Control;

[Trait("Req", "CLI-2")]
public sealed class ProtocolTests : IDisposable
{
    private static readonly ControlLimits Hasty = new()
    {
        RequestTime = TimeSpan.FromMilliseconds(200),
        AnswerTime = TimeSpan.FromMilliseconds(200),
        WriteTime = TimeSpan.FromMilliseconds(200),
        ClosingTime = TimeSpan.FromMilliseconds(200),
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_request_is_answered_with_its_own_mark_and_the_next_one_too()
    {
        using var served = new ServedSocket(_folder.Path, null, new EchoHandler("echo"));
        using var client = await served.ConnectAsync();

        await SendAsync(client, Line("echo", "[1]", id: 7));
        var first = await ReadAsync(client);
        await SendAsync(client, Line("echo", "[2]", id: 8));
        var second = await ReadAsync(client);

        Assert.Equal("""{"v":1,"id":"7","result":[1]}""", first.ToString());
        Assert.Equal("""{"v":1,"id":"8","result":[2]}""", second.ToString());
    }

    [Theory]
    [InlineData("malformed", "buy everything")]
    [InlineData("malformed", "[]")]
    [InlineData("malformed", "null")]
    [InlineData("malformed", "")]
    [InlineData("malformed", """{"v":1}""")]
    [InlineData("malformed", """{"v":"1","kind":"echo"}""")]
    [InlineData("wrong-version", """{"v":2,"kind":"echo"}""")]
    [InlineData("unknown-kind", """{"v":1,"kind":"shout"}""")]
    [InlineData("fault", """{"v":1,"kind":"echo","arguments":null}""")]
    public async Task What_cannot_be_carried_out_is_answered_with_a_code_and_the_next_request_is_served(
        string code, string line)
    {
        using var served = new ServedSocket(_folder.Path, null, new EchoHandler("echo"));
        using var client = await served.ConnectAsync();

        await SendAsync(client, line + "\n");
        var error = await ErrorAsync(client);
        await SendAsync(client, Line("echo", "true"));
        var next = await ReadAsync(client);

        Assert.Equal(code, error);
        Assert.True(next?.GetProperty("result").GetBoolean());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_malformed()
    {
        using var served = new ServedSocket(_folder.Path, null, new EchoHandler("echo"));
        using var client = await served.ConnectAsync();

        await SendAsync(client, [0xff, 0xfe, 0x00, (byte)'\n']);

        Assert.Equal("malformed", await ErrorAsync(client));
    }

    [Theory]
    [InlineData(ControlLimits.MostRequestBytes - 1, true)]
    [InlineData(ControlLimits.MostRequestBytes, false)]
    public async Task A_line_may_have_so_many_bytes_with_its_end_and_no_more(int bytes, bool isTaken)
    {
        using var served = new ServedSocket(_folder.Path, null, new EchoHandler("echo"));
        using var client = await served.ConnectAsync();
        var line = Line("echo", "\"\"").TrimEnd('\n');
        var filled = $"\"{new string('x', bytes - line.Length)}\"}}";
        line = line.Replace("\"\"}", filled, StringComparison.Ordinal);

        await SendAsync(client, line + (isTaken ? "\n" : ""));
        var answer = await ReadAsync(client);

        Assert.Equal(isTaken, answer?.TryGetProperty("result", out _));
        if (!isTaken) Assert.Null(await ReadAsync(client));
    }

    [Fact]
    public async Task A_client_that_never_ends_its_line_is_dismissed_and_others_are_served_meanwhile()
    {
        using var served = new ServedSocket(_folder.Path, Hasty, new EchoHandler("echo"));
        using var slow = await served.ConnectAsync();
        using var other = await served.ConnectAsync();

        await SendAsync(slow, """{"v":1,""");
        await SendAsync(other, Line("echo", "1"));

        Assert.NotNull((await ReadAsync(other))?.GetProperty("result"));
        Assert.Equal("too-slow", await ErrorAsync(slow));
        Assert.Null(await ReadAsync(slow));
    }

    [Fact]
    public async Task A_client_that_asks_nothing_is_let_go_without_a_word()
    {
        using var served = new ServedSocket(_folder.Path, Hasty, new EchoHandler("echo"));
        using var idle = await served.ConnectAsync();

        Assert.Null(await ReadAsync(idle));
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_up_nobody()
    {
        using var served = new ServedSocket(_folder.Path, Hasty, new EchoHandler("echo"));
        using var deaf = await served.ConnectAsync();
        using var other = await served.ConnectAsync();
        var big = Line("echo", $"\"{new string('x', 60_000)}\"");

        // More than the system's buffers hold: the server has to give up the connection.
        for (var i = 0; i < 4; i++) await SendAsync(deaf, big);
        await SendAsync(other, Line("echo", "1"));

        Assert.NotNull((await ReadAsync(other))?.GetProperty("result"));
    }

    [Fact]
    public async Task Two_clients_get_their_own_answers()
    {
        using var served = new ServedSocket(_folder.Path, null, new EchoHandler("echo"));
        using var left = await served.ConnectAsync();
        using var right = await served.ConnectAsync();

        for (var i = 0; i < 20; i++)
        {
            await SendAsync(left, Line("echo", "\"left\"", i));
            await SendAsync(right, Line("echo", "\"right\"", i));
            Assert.Equal($$"""{"v":1,"id":"{{i}}","result":"left"}""", (await ReadAsync(left)).ToString());
            Assert.Equal($$"""{"v":1,"id":"{{i}}","result":"right"}""", (await ReadAsync(right)).ToString());
        }
    }

    [Fact]
    public async Task A_client_gone_before_its_answer_leaves_the_rest_as_it_was()
    {
        var release = new TaskCompletionSource();
        var late = new EchoHandler("late", release.Task);
        using var served = new ServedSocket(_folder.Path, null, late, new EchoHandler("echo"));
        using (var gone = await served.ConnectAsync())
        {
            await SendAsync(gone, Line("late", "1"));
            while (late.Count == 0) await Task.Yield();
        }

        release.SetResult();
        using var client = await served.ConnectAsync();
        await SendAsync(client, Line("echo", "2"));

        Assert.Equal("""{"v":1,"id":"1","result":2}""", (await ReadAsync(client)).ToString());
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_said_to_go_on_and_is_not_begun_twice()
    {
        var never = new TaskCompletionSource();
        var late = new EchoHandler("late", never.Task);
        using var served = new ServedSocket(_folder.Path, Hasty, late);
        using var client = await served.ConnectAsync();

        await SendAsync(client, Line("late", "1"));

        Assert.Equal("no-answer-yet", await ErrorAsync(client));
        Assert.Equal(1, late.Count);
    }

    [Fact]
    public async Task What_has_no_answer_when_the_run_ends_is_told_that_it_ended()
    {
        var never = new TaskCompletionSource();
        var late = new EchoHandler("late", never.Task);
        var served = new ServedSocket(_folder.Path, null, late, new EchoHandler("echo"));
        using var begun = await served.ConnectAsync();
        using var waiting = await served.ConnectAsync();
        await SendAsync(begun, Line("late", "1"));
        while (late.Count == 0) await Task.Yield();
        served.IsBusy = true;
        await SendAsync(waiting, Line("echo", "1"));
        await Task.Delay(
            TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);

        served.Dispose();

        Assert.Equal("run-ended", await ErrorAsync(begun));
        Assert.Equal("run-ended", await ErrorAsync(waiting));
    }

    [Fact]
    public async Task More_clients_than_there_is_room_for_are_told_to_come_again()
    {
        using var served = new ServedSocket(_folder.Path, null, new EchoHandler("echo"));
        var clients = new List<System.Net.Sockets.Socket>();
        for (var i = 0; i <= ControlLimits.MostConnections; i++)
        {
            clients.Add(await served.ConnectAsync());
        }

        Assert.Equal("busy", await ErrorAsync(clients[^1]));
        foreach (var client in clients) client.Dispose();
    }

    [Fact]
    public async Task A_request_in_pieces_is_one_request()
    {
        using var served = new ServedSocket(_folder.Path, null, new EchoHandler("echo"));
        using var client = await served.ConnectAsync();

        var line = Encoding.UTF8.GetBytes(Line("echo", "\"größer\""));
        foreach (var letter in line) await SendAsync(client, [letter]);

        Assert.Equal("größer", (await ReadAsync(client))?.GetProperty("result").GetString());
    }
}

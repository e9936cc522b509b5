using Perpkeel.Cli.Control;

namespace Perpkeel.EndToEnd.Tests.Control;

/// <summary>Answers with what it was given; as late as a test wants.</summary>
internal sealed class EchoHandler(string kind, Task? after = null) : IControlHandler
{
    public string Kind => kind;

    public int Count { get; private set; }

    public async Task<ControlAnswer> HandleAsync(ControlRequest request)
    {
        Count++;
        if (after is not null) await after;
        return ControlAnswer.Of(request.Arguments ?? default);
    }
}

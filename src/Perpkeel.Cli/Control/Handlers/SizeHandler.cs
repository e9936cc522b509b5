using System.Text.Json;
using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Accounts.Sizing;

namespace Perpkeel.Cli.Control.Handlers;

/// <summary>How large an entry would be now, and which limit binds.</summary>
internal sealed class SizeHandler(Func<AccountView> look) : IControlHandler
{
    /// <summary>Name of the request.</summary>
    public const string Name = "size";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public Task<ControlAnswer> HandleAsync(ControlRequest request) => Task.FromResult(Answer(request));

    private ControlAnswer Answer(ControlRequest request)
    {
        if (Read(request) is not { } question)
        {
            return ControlAnswer.Of(ControlError.BadArgument(
                "The question cannot be read.", "Give market, side and stop, e.g. as perpkeel size does."));
        }

        return EntrySizing.Of(look(), question).TryGet(out var answer, out var error)
            ? ControlAnswer.Of(JsonSerializer.SerializeToElement(answer, SizeJson.Default.SizeAnswer))
            : ControlAnswer.Of(error);
    }

    private static SizeQuestion? Read(ControlRequest request)
    {
        try
        {
            var question = request.Arguments?.Deserialize(SizeJson.Default.SizeQuestion);
            var makesSense = question is
            {
                Stop: > 0m,
                Price: null or > 0m,
                RiskPercent: null or (> 0m and <= 100m),
            };
            return makesSense ? question : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

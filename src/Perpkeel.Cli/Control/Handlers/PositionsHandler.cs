using System.Text.Json;
using Perpkeel.Cli.Accounts;

namespace Perpkeel.Cli.Control.Handlers;

/// <summary>Positions and planned entries.</summary>
internal sealed class PositionsHandler(Func<AccountView> look) : IControlHandler
{
    /// <summary>Name of the request.</summary>
    public const string Name = "positions";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public Task<ControlAnswer> HandleAsync(ControlRequest request) => Task.FromResult(ControlAnswer.Of(
        JsonSerializer.SerializeToElement(
            PositionsAnswer.Of(look()), AccountJson.Default.PositionsAnswer)));
}

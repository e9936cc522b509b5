using System.Text.Json;
using Perpkeel.Cli.Accounts;

namespace Perpkeel.Cli.Control.Handlers;

/// <summary>The orders that live.</summary>
internal sealed class OrdersHandler(Func<AccountView> look) : IControlHandler
{
    /// <summary>Name of the request.</summary>
    public const string Name = "orders";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public Task<ControlAnswer> HandleAsync(ControlRequest request) => Task.FromResult(ControlAnswer.Of(
        JsonSerializer.SerializeToElement(OrdersAnswer.Of(look()), AccountJson.Default.OrdersAnswer)));
}

using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Cli.Dydx;

/// <summary>What a subaccount has, for the equity tier, and what that rests on.</summary>
/// <param name="Room">What is known.</param>
/// <param name="Basis">What it rests on.</param>
internal sealed record RoomRead(StatefulRoom Room, Statement Basis);

/// <summary>Asks a node what a subaccount has, as far as a node can say.</summary>
internal static class RoomReader
{
    /// <summary>Reads it. A subaccount with nothing in it is refused: none of its orders is filled.</summary>
    /// <param name="session">The chain.</param>
    /// <param name="subaccount">Which.</param>
    /// <param name="openOrders">Stored orders that are open, as the user tells; no node lists them.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Result<RoomRead, UserError>> ReadAsync(
        ChainSession session, DydxSubaccount subaccount, int? openOrders, CancellationToken cancellation)
    {
        var asked = await session.Client.Accounts.SubaccountAsync(subaccount, cancellation);
        if (!asked.TryGet(out var found, out var error)) return UserError.Of(error.Message);
        if (found.IsEmpty)
        {
            return UserError.Of(
                $"Subaccount {subaccount} is empty. Put USDC into it first: perpkeel dydx deposit AMOUNT.");
        }

        if (BigInteger.Abs(found.UsdcQuantums) > (BigInteger)decimal.MaxValue)
        {
            return UserError.Of(
                $"A node says that {subaccount} has more USDC than there is. Name another one: --endpoint.");
        }

        // With positions the equity depends on prices: then the chain judges.
        Usd? equity = found.Positions.IsEmpty
            ? new Usd((decimal)found.UsdcQuantums / QuoteQuantums.PerUsd)
            : null;
        var orders = openOrders is { } told
            ? string.Create(CultureInfo.InvariantCulture, $"{told} stored orders open, as told")
            : "how many stored orders are open no node tells (--open-orders does), so beyond its tier the "
                + "chain refuses this one";
        var words = equity is { } usd
            ? $"an equity of {usd} USDC; {orders}"
            : $"an equity that depends on prices, which the chain judges; {orders}";
        return new RoomRead(
            new StatefulRoom(openOrders ?? 0, equity ?? new Usd(decimal.MaxValue)),
            new Statement(
                "equity-tier",
                new JsonObject { ["equity"] = equity?.Value, ["openOrders"] = openOrders, ["words"] = words },
                [$"equity tier: {words}"]));
    }
}

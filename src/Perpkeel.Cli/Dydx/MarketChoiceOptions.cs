using System.CommandLine;
using System.Globalization;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Cli.Dydx;

/// <summary>Which market, and the block and steps that orders in it are built on.</summary>
internal sealed class MarketChoiceOptions
{
    private readonly Argument<string> _market = new("MARKET") { Description = "E.g. BTC-USD" };

    private readonly Option<uint> _subaccount = new("--subaccount")
    {
        Description = "Number of the subaccount",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string?> _steps = new("--steps")
    {
        Description = "Clob pair, atomic resolution, quantum conversion exponent, step and subticks per "
            + "tick, so that no node is asked, e.g. 0,-10,-9,1000000,100000",
        HelpName = "LIST",
    };

    private readonly Option<uint?> _height = new("--height")
    {
        Description = "With --dry-run: the last block, so that no node is asked",
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_market);
        command.Options.Add(_subaccount);
        command.Options.Add(_steps);
        command.Options.Add(_height);
    }

    /// <summary>The subaccount's number.</summary>
    public uint Subaccount(ParseResult parsed) => parsed.GetValue(_subaccount);

    /// <summary>The steps of the market, as told or as the chain has them.</summary>
    public async Task<Result<OrderGrid, UserError>> GridAsync(
        ParseResult parsed, NodeClient client, CancellationToken cancellation)
    {
        if (parsed.GetValue(_steps) is { } text) return Steps(text);
        var asked = await client.Markets.GridAsync(parsed.GetValue(_market)!, cancellation);
        return asked.TryGet(out var grid, out var error)
            ? grid
            : UserError.Of($"{error.Message} With --steps no node is asked for it.");
    }

    /// <summary>The last block's number, as told or as the chain has it.</summary>
    public async Task<Result<uint, UserError>> HeightAsync(
        ParseResult parsed, NodeClient client, CancellationToken cancellation)
    {
        if (parsed.GetValue(_height) is { } told) return told;
        var polled = await client.PollAsync(cancellation);
        return polled.TryGet(out var block, out var error)
            ? block.Height
            : UserError.Of($"{error.Message} With --dry-run and --height no node is asked for it.");
    }

    /// <summary>What a subaccount has, as far as a node can say: for the equity tier.</summary>
    public static async Task<Result<StatefulRoom, UserError>> RoomAsync(
        ChainSession session, DydxSubaccount subaccount, CancellationToken cancellation)
    {
        if (session.Choice.IsDryRun) return new StatefulRoom(0, new Usd(decimal.MaxValue));
        var asked = await session.Client.Accounts.SubaccountAsync(subaccount, cancellation);
        if (!asked.TryGet(out var found, out var error)) return UserError.Of(error.Message);
        if (found.IsEmpty)
        {
            return UserError.Of(
                $"Subaccount {subaccount} is empty. Put USDC into it first: perpkeel dydx deposit AMOUNT.");
        }

        // With positions the equity depends on prices: then the chain judges.
        var equity = found.Positions.IsEmpty
            ? new Usd((decimal)found.UsdcQuantums / QuoteQuantums.PerUsd)
            : new Usd(decimal.MaxValue);
        return new StatefulRoom(0, equity);
    }

    private static Result<OrderGrid, UserError> Steps(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var style = NumberStyles.AllowLeadingSign;
        return parts.Length == 5
            && uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pair)
            && int.TryParse(parts[1], style, CultureInfo.InvariantCulture, out var resolution)
            && int.TryParse(parts[2], style, CultureInfo.InvariantCulture, out var exponent)
            && ulong.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            && uint.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var tick)
            && step > 0 && tick > 0 && Math.Abs(resolution) <= 20 && Math.Abs(exponent) <= 20
            ? new OrderGrid
            {
                ClobPairId = pair,
                AtomicResolution = resolution,
                QuantumConversionExponent = exponent,
                StepBaseQuantums = step,
                SubticksPerTick = tick,
            }
            : UserError.Of($"--steps {text}: give five whole numbers, e.g. 0,-10,-9,1000000,100000.");
    }
}

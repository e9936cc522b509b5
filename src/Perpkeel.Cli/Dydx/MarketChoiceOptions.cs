using System.CommandLine;
using System.Globalization;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Orders;

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
        Description = "With --dry-run: clob pair, atomic resolution, quantum conversion exponent, step and "
            + "subticks per tick, so that no node is asked, e.g. 0,-10,-9,1000000,100000",
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

    /// <summary>Options that only a dry run takes.</summary>
    public Option[] DryRunOnly => [_steps, _height];

    /// <summary>The market's name, as the chain writes it.</summary>
    public string Name(ParseResult parsed) => parsed.GetValue(_market)!.ToUpperInvariant();

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

    /// <summary>
    /// The last block, as told or as the chain has it. Asked before anything else, it also finds endpoints
    /// that lie.
    /// </summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="session">The chain.</param>
    /// <param name="needsHeight">Whether the order ends at a block.</param>
    /// <param name="now">The time, for a dry run without a node.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Result<BlockFacts, UserError>> BlockAsync(
        ParseResult parsed, ChainSession session, bool needsHeight, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var chainId = session.Client.Settings.Network.ChainId;
        if (parsed.GetValue(_height) is { } told) return new BlockFacts(chainId, told, now);
        if (session.Choice.IsDryRun && !needsHeight) return new BlockFacts(chainId, 0, now);
        var polled = await session.Client.PollAsync(cancellation);
        return polled.TryGet(out var block, out var error)
            ? block
            : UserError.Of($"{error.Message} With --dry-run and --height no node is asked for it.");
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

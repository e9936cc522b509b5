using System.CommandLine;
using Perpkeel.Cli.Configuration;
using Perpkeel.Cli.Margin;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Verbs;

/// <summary>The arguments that describe one position.</summary>
internal sealed class PositionOptions
{
    private readonly Argument<string> _symbol = new("SYMBOL")
    {
        Description = "The venue's name of the contract, letter by letter",
    };

    private readonly Argument<string> _side = new("SIDE") { Description = "long or short" };

    private readonly Argument<string?> _size = new("SIZE")
    {
        Description = "Base units, without a sign; or give --notional",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _notional = Number(
        "--notional", "Size in the quote asset, at entry", "AMOUNT");

    private readonly Option<string?> _entry = Number(
        "--entry", "Average entry price", "PRICE", isRequired: true);

    private readonly Option<string?> _leverage = Number("--leverage", "Leverage", "N", isRequired: true);

    private readonly Option<string?> _mark = Number(
        "--mark", "Mark price [default: the entry price]", "PRICE");

    private readonly Option<string?> _wallet = Number(
        "--wallet", "Isolated wallet [default: the initial margin at entry], or with --cross its balance",
        "AMOUNT");

    private readonly Option<bool> _cross = new("--cross") { Description = "Backed by the cross wallet" };

    private readonly Option<string?> _otherMaintenance = Number(
        "--other-maintenance", "Maintenance margin of the other cross positions [default: 0]", "AMOUNT");

    private readonly Option<string?> _otherPnl = Number(
        "--other-pnl", "Unrealised profit of the other cross positions [default: 0]", "AMOUNT");

    private readonly Option<string?> _hedge = new("--hedge")
    {
        Description = "The leg against it in hedge mode, e.g. 40@51000",
        HelpName = "SIZE@ENTRY",
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(_symbol);
        command.Add(_side);
        command.Add(_size);
        foreach (var option in (Option[])
            [_notional, _entry, _leverage, _mark, _wallet, _cross, _otherMaintenance, _otherPnl, _hedge])
        {
            command.Add(option);
        }
    }

    /// <summary>The position, or everything that is wrong with it, a line each.</summary>
    public Result<PositionRequest, IReadOnlyList<string>> Read(ParseResult parsed)
    {
        var wrong = new List<string>();
        var side = parsed.GetValue(_side)!;
        var isLong = side.Equals("long", StringComparison.OrdinalIgnoreCase);
        if (!isLong && !side.Equals("short", StringComparison.OrdinalIgnoreCase))
        {
            wrong.Add($"{Quoting.Clean(side)}: this is no side. Write long or short.");
        }

        var figures = new PositionFigures
        {
            Symbol = parsed.GetValue(_symbol)!,
            IsLong = isLong,
            Size = Optional("size", parsed.GetValue(_size), wrong),
            Notional = Optional(_notional.Name, parsed.GetValue(_notional), wrong),
            Entry = Optional(_entry.Name, parsed.GetValue(_entry), wrong) ?? 0m,
            Leverage = Optional(_leverage.Name, Leverage(parsed), wrong) ?? 0m,
            Mark = Optional(_mark.Name, parsed.GetValue(_mark), wrong),
            Wallet = Optional(_wallet.Name, parsed.GetValue(_wallet), wrong),
            IsCross = parsed.GetValue(_cross),
            OtherMaintenance = Optional(_otherMaintenance.Name, parsed.GetValue(_otherMaintenance), wrong)
                ?? 0m,
            OtherPnl = Optional(_otherPnl.Name, parsed.GetValue(_otherPnl), wrong) ?? 0m,
            Hedge = HedgeOf(parsed.GetValue(_hedge), wrong),
        };
        if (wrong.Count > 0) return wrong;
        return figures.Check();
    }

    /// <summary>The leverage with or without the x behind it.</summary>
    private string? Leverage(ParseResult parsed) =>
        parsed.GetValue(_leverage) is [.. var digits, 'x' or 'X'] ? digits : parsed.GetValue(_leverage);

    private static (decimal Size, decimal Entry)? HedgeOf(string? text, List<string> wrong)
    {
        if (text is null) return null;
        var parts = text.Split('@');
        if (parts.Length != 2)
        {
            wrong.Add(
                $"--hedge {Quoting.Clean(text)}: this is no leg. Write size and entry price: 40@51000.");
            return null;
        }

        var size = Optional("--hedge", parts[0], wrong);
        var entry = Optional("--hedge", parts[1], wrong);
        return size is { } units && entry is { } price ? (units, price) : null;
    }

    private static decimal? Optional(string name, string? text, List<string> wrong)
    {
        if (text is null) return null;
        if (Amounts.Read(name, text).TryGet(out var value, out var message)) return value;
        wrong.Add(message);
        return null;
    }

    private static Option<string?> Number(
        string name, string description, string helpName, bool isRequired = false) =>
        new(name) { Description = description, HelpName = helpName, Required = isRequired };
}

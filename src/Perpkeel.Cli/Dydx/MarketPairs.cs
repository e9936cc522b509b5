using System.CommandLine;
using System.Globalization;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Dydx;

/// <summary>
/// Markets with a value each, as <c>BTC-USD=…</c>; the number of a clob pair may stand for the market, and
/// then no node is asked for it.
/// </summary>
internal sealed class MarketPairs(string argument, string description)
{
    private readonly Argument<string[]> _pairs = new(argument)
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Gives a command the argument.</summary>
    public void AddTo(Command command) => command.Arguments.Add(_pairs);

    /// <summary>The numbers of the markets with the texts of their values.</summary>
    public async Task<Result<List<(uint ClobPairId, string Value)>, UserError>> ReadAsync(
        ParseResult parsed, ChainSession session, CancellationToken cancellation)
    {
        var read = new List<(uint, string)>();
        foreach (var text in parsed.GetValue(_pairs)!)
        {
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0 || cut == text.Length - 1)
            {
                return UserError.Of($"{argument} {text}: write a market, =, and its value, e.g. BTC-USD=10.");
            }

            var (market, value) = (text[..cut], text[(cut + 1)..]);
            if (uint.TryParse(market, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                read.Add((number, value));
                continue;
            }

            var asked = await session.Client.Markets.GridAsync(market, cancellation);
            if (!asked.TryGet(out var grid, out var error))
            {
                return UserError.Of($"{error.Message} A clob pair's number may stand for the market.");
            }

            read.Add((grid.ClobPairId, value));
        }

        return read;
    }
}

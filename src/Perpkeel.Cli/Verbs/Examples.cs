using System.Collections.Frozen;
using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Perpkeel.Cli.Verbs;

/// <summary>Examples at the end of every verb's help.</summary>
internal static class Examples
{
    private static readonly FrozenDictionary<string, ImmutableArray<string>> ByVerb =
        new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
        {
            ["perpkeel"] =
        [
            "perpkeel run",
            "perpkeel run --help",
            "perpkeel status",
        ],
            ["run"] =
        [
            "perpkeel run                                  synthetic market, 60x, dashboard",
            "perpkeel run --seed 12 --speed 1              another market, in real time",
            "perpkeel run --speed max --duration 12h --no-dashboard",
            "perpkeel run --replay candles/ --funding funding/ --speed max --json",
            "perpkeel run --config config/perpkeel.yaml --set risk.leverage=3",
            "perpkeel run --speed max --duration 12h --fault all --data faulty --no-dashboard",
        ],
            ["execute"] =
        [
            "perpkeel execute --market BTC-USD --side buy --stop 1.5% --dry-run",
            "perpkeel execute --market BTC-USD --side buy --stop 59100 --target 62000 --id breakout-17",
            "perpkeel execute --market BTC-USD --side sell --stop 2% --limit 61000 --time post-only",
            "perpkeel execute --market BTC-USD --action reduce --size 0.01",
            "perpkeel execute --market BTC-USD --action close",
        ],
            ["simulate"] =
        [
            "perpkeel simulate                             one day of seed 1 with every fault",
            "perpkeel simulate --seeds 1..20 --hours 6 --jobs 2",
            "perpkeel simulate --seed 9 --shrink           a smaller one that breaks the same",
            "perpkeel simulate --seed 9 --hours 2 --faults halt=0.5,kill --trace",
            "perpkeel simulate --seeds 1..200 --report rehearsals.md",
        ],
            ["stop"] = ["perpkeel stop --reason lunch", "perpkeel stop --all --yes"],
            ["resume"] = ["perpkeel resume"],
            ["flatten"] = ["perpkeel flatten", "perpkeel flatten --all --yes --reason enough"],
            ["switch"] = ["perpkeel switch strategies off", "perpkeel switch execution on"],
            ["balance"] = ["perpkeel balance", "perpkeel balance --json"],
            ["leverage"] = ["perpkeel leverage", "perpkeel leverage --data .perpkeel/synthetic-7"],
            ["dydx"] =
        [
            "perpkeel dydx place BTC-USD buy 0.001 --price 60000 --key-file my.key --dry-run",
            "perpkeel dydx decode 0a9c010a...",
        ],
            ["markets"] =
        [
            "perpkeel dydx markets --network mainnet",
            "perpkeel dydx markets BTC-USD --json",
        ],
            ["book"] = ["perpkeel dydx book BTC-USD --depth 20"],
            ["trades"] = ["perpkeel dydx trades ETH-USD --limit 50"],
            ["candles"] = ["perpkeel dydx candles ETH-USD --resolution 5MINS --limit 100"],
            ["funding"] = ["perpkeel dydx funding ETH-USD --network mainnet"],
            ["account"] = ["perpkeel dydx account dydx1... --parent"],
            ["dydx orders"] = ["perpkeel dydx orders dydx1... --open"],
            ["fills"] = ["perpkeel dydx fills dydx1... --market BTC-USD --json"],
            ["watch"] =
        [
            "perpkeel dydx watch BTC-USD --network mainnet",
            "perpkeel dydx watch BTC-USD --indexer http://127.0.0.1:3002/v4 --for 1m --json",
        ],
            ["record"] = ["perpkeel dydx record BTC-USD ETH-USD --for 1h --to frames.tsv"],
            ["place"] =
        [
            "perpkeel dydx place BTC-USD buy 0.001 --price 60000 --key-file my.key",
            "perpkeel dydx place BTC-USD sell 0.001 --stop 55000 --days 28 --reduce-only",
            "perpkeel dydx place BTC-USD buy 0.6 --twap 3600 --every 60 --tolerance 1% --days 1",
            "perpkeel dydx place BTC-USD buy 0.001 --price 60000 --key-file my.key --dry-run \\",
            "    --account-number 42 --height 61000000 --steps 0,-10,-9,1000000,100000",
        ],
            ["cancel"] =
        [
            "perpkeel dydx cancel BTC-USD 4711 --good-til-block 61000012",
            "perpkeel dydx cancel BTC-USD 4711 --good-til-time 2026-12-31T00:00:00Z --kind conditional",
        ],
            ["replace"] =
        [
            "perpkeel dydx replace BTC-USD 4711 buy 0.002 --price 59900 --good-til-block 61000012",
        ],
            ["batch-cancel"] =
        [
            "perpkeel dydx batch-cancel BTC-USD=4711,4712 ETH-USD=7 --good-til-block 61000012",
        ],
            ["dydx leverage"] =
        [
            "perpkeel dydx leverage BTC-USD=10 ETH-USD=5 --subaccount 0",
        ],
            ["send"] =
        [
            "perpkeel dydx send 0a9c010a... --network mainnet",
        ],
            ["order"] =
        [
            "perpkeel dydx order BTC-USD 4711 --owner dydx1... --kind conditional",
        ],
            ["transfer"] =
        [
            "perpkeel dydx transfer 50 --from 0 --to 128",
        ],
            ["deposit"] =
        [
            "perpkeel dydx deposit 50 --to 0",
        ],
            ["withdraw"] =
        [
            "perpkeel dydx withdraw 50 --from 0",
        ],
            ["decode"] =
        [
            "perpkeel dydx decode 0a9c010a...",
        ],
            ["keys"] =
        [
            "perpkeel keys dydx new --key-file trading.key",
            "perpkeel keys dydx list dydx1...",
        ],
            ["new"] =
        [
            "perpkeel keys dydx new --key-file trading.key",
            "perpkeel keys dydx new --network mainnet --show",
        ],
            ["authorize"] =
        [
            "perpkeel keys dydx authorize A08uKtmc... --subaccount 0 --clob-pair 0 --clob-pair 1",
        ],
            ["keys dydx"] =
        [
            "perpkeel keys dydx new --key-file trading.key",
            "perpkeel keys dydx authorize A08uKtmc... --subaccount 0 --clob-pair 0",
        ],
            ["keys dydx verify"] =
        [
            "perpkeel keys dydx verify dydx1... A08uKtmc...",
        ],
            ["list"] =
        [
            "perpkeel keys dydx list dydx1...",
        ],
            ["rotate"] =
        [
            "perpkeel keys dydx rotate 17 A08uKtmc... --subaccount 0",
        ],
            ["remove"] =
        [
            "perpkeel keys dydx remove 17",
        ],
            ["status"] =
        [
            "perpkeel status",
            "perpkeel status --data my-run --json",
        ],
            ["positions"] =
        [
            "perpkeel positions",
            "perpkeel positions --data my-run --json",
        ],
            ["orders"] =
        [
            "perpkeel orders",
            "perpkeel orders --all --data my-run",
        ],
            ["explain"] =
        [
            "perpkeel explain b3                            a trade, from its decision to its profit",
            "perpkeel explain 4711                          the trade that an order belongs to",
            "perpkeel explain f168 --data my-run --json",
        ],
            ["size"] =
        [
            "perpkeel size --market BTC-USD --side buy --stop 60000",
            "perpkeel size --market BTC-USD --side sell --stop 70000 --price 65000 --risk 0.5",
        ],
            ["journal"] =
        [
            "perpkeel journal verify --data my-run",
        ],
            ["verify"] =
        [
            "perpkeel journal verify",
            "perpkeel journal verify --data my-run",
        ],
            ["margin"] =
        [
            "perpkeel margin calc BTCUSDT long 100 --entry 50000 --leverage 20",
            "perpkeel margin preview --wallet 20000 --position \"BNBUSDT long 400 @ 500 20x\" \\",
            "    --then \"buy 200 BNBUSDT @ 500\"       from $200k to $300k, into the next tier",
            "perpkeel margin tiers BTCUSDT --at 5M",
        ],
            ["calc"] =
        [
            "perpkeel margin calc BTCUSDT long 100 --entry 50000 --leverage 20",
            "perpkeel margin calc BTCUSDT short --notional 5M --entry 50000 --leverage 20 --mark 50500",
            "perpkeel margin calc ETHUSDT long 200 --entry 2500 --leverage 25 --cross --wallet 60000 \\",
            "    --other-maintenance 4000 --other-pnl -1500",
            "perpkeel margin calc BTCUSDT long 40 --entry 50000 --leverage 20 --cross --wallet 200k "
                + "--hedge 30@51000",
            "perpkeel margin calc BTCUSDT long 1 --entry 50000 --leverage 10 --tiers my-tiers.yaml --json",
        ],
            ["margin explain"] =
        [
            "perpkeel margin explain BTCUSDT long 100 --entry 50000 --leverage 20",
            "perpkeel margin explain CLASSIC-BTC-2021 long 20.4 --entry 50000 --leverage 20 --tiers classic",
        ],
            ["preview"] =
        [
            "perpkeel margin preview --wallet 20000 --position \"BNBUSDT long 400 @ 500 20x\" \\",
            "    --then \"buy 200 BNBUSDT @ 500\"       from $200k to $300k, into the next tier",
            "perpkeel margin preview --wallet 20000 --position \"BTCUSDT long 4 @ 50000 20x\" \\",
            "    --then \"price all -10%\" --then \"deposit 5000\" --then \"leverage BTCUSDT 10x\"",
            "perpkeel margin preview --account my-account.txt --then \"tiers new.json\" --json",
        ],
            ["tiers"] =
        [
            "perpkeel margin tiers",
            "perpkeel margin tiers BTCUSDT --at 5M --price 50000",
            "perpkeel margin tiers CLASSIC-BTC-2021 --tiers classic",
            "perpkeel margin tiers --tiers binance-2026-07-02.json --json",
        ],
            ["compare"] =
        [
            "perpkeel margin compare --tiers old.json --with new.json",
            "perpkeel margin compare BTCUSDT --with new.json --position \"long 100 @ 50000 20x\"",
        ],
            ["validate"] =
        [
            "perpkeel margin validate my-tiers.yaml",
            "perpkeel margin validate my-tiers.yaml binance-2026-07-02.json --json",
        ],
            ["version"] =
        [
            "perpkeel version",
        ],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Adds the examples to the help of a command and of all below it.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help }) option.Action = new HelpWithExamples(help);
        }
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        /// <summary>Who asks for help need not have given everything that is required.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            var command = parseResult.CommandResult.Command;
            var name = command is RootCommand ? "perpkeel" : command.Name;
            if (!ByVerb.TryGetValue(PathOf(command), out var examples)
                && !ByVerb.TryGetValue(name, out examples))
            {
                return code;
            }

            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples) output.WriteLine($"  {example}");
            output.WriteLine();
            return code;
        }

        private static string PathOf(Command command) =>
            command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand
                ? $"{PathOf(parent)} {command.Name}"
                : command.Name;
    }
}

using System.Globalization;
using Perpkeel.Bench;
using Perpkeel.Bench.Markets;

const string Usage = """
    usage: Perpkeel.Bench margin [ROWS=1000000] [REPEATS=9] [BRACKETS.json]
           Perpkeel.Bench book [REPEATS=7]
           Perpkeel.Bench chain [ORDERS=300000]
           Perpkeel.Bench orders [REPEATS=9]
           Perpkeel.Bench indexer [REPEATS=9]
           Perpkeel.Bench execute [SIGNALS=2000]
           Perpkeel.Bench markets [RECORDED] [PICTURE.svg]
           Perpkeel.Bench disk [COMMITS=20000]
           Perpkeel.Bench soak [ORDERS=1000000] [SEED=1]
    """;
switch (args.FirstOrDefault())
{
    case "margin":
        MarginBench.Run(args[1..]);
        break;
    case "book":
        BookBench.Run(args[1..]);
        break;
    case "chain":
        ChainBench.Run(args[1..]);
        break;
    case "orders":
        OrderBench.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 9);
        break;
    case "indexer":
        IndexerBench.Run(args[1..]);
        break;
    case "execute":
        ExecuteBench.Run(args[1..]);
        break;
    case "markets":
        MarketsBench.Run(args[1..]);
        break;
    case "disk":
        DiskBench.Run(args[1..]);
        break;
    case "soak":
        return ChainSoak.Run(args[1..]);
    default:
        Console.Error.WriteLine(Usage);
        return 1;
}

return 0;

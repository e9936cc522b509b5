using System.Globalization;
using Perpkeel.Bench;

// usage: Perpkeel.Bench [ROWS=1000000] [REPEATS=9] [BRACKETS.json]
//        Perpkeel.Bench orders [REPEATS=9]      orders of dYdX, in orders a second
// Prints a line for each case, "name | best | median" in millions a second, and notes that begin with #.
if (args is ["orders", ..])
{
    OrderBench.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 9);
    return;
}

var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
var repeats = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 9;
var tables = args.Length > 2 ? BracketFile.Read(args[2]) : GeneratedTables.Make();
Console.WriteLine($"# tables of {tables.Count} symbols, {(args.Length > 2 ? "read" : "generated")}");
SingleBench.Run(tables, repeats);
BatchBench.Run(tables, repeats);
AccountBench.Run(tables, repeats);
ScreenBench.Run(tables, 10_000, repeats);
if (rows != 10_000) ScreenBench.Run(tables, rows, repeats);
CacheBench.Run(tables, repeats);

using Perpkeel.Bench;

// usage: Perpkeel.Bench book [REPEATS=7]
switch (args.FirstOrDefault())
{
    case "book":
        BookBench.Run(args[1..]);
        break;
    default:
        Console.Error.WriteLine("usage: Perpkeel.Bench book [REPEATS=7]");
        return 1;
}

return 0;

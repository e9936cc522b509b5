namespace Perpkeel.Cli.Dydx;

/// <summary>Asks at the terminal for what must not be shown.</summary>
internal static class SecretPrompt
{
    private const int MostChars = 4_000;

    /// <summary>What was typed up to the end of the line; null where there is no terminal.</summary>
    public static char[]? Ask(string question)
    {
        if (Console.IsInputRedirected) return null;
        Console.Error.Write(question);
        var typed = new char[MostChars];
        var length = 0;
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) length = Math.Max(0, length - 1);
            else if (length < typed.Length && !char.IsControl(key.KeyChar)) typed[length++] = key.KeyChar;
        }

        Console.Error.WriteLine();
        var secret = typed[..length];
        Array.Clear(typed);
        return secret;
    }
}

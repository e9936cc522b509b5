using System.Globalization;
using Perpkeel.Cli.Configuration;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>One line of an account.</summary>
/// <param name="Place">Where it stands, for messages.</param>
/// <param name="Text">The line without its first word.</param>
internal readonly record struct AccountLine(string Place, string Text);

/// <summary>An account and what may happen to it, as lines: from flags, from a file, or both.</summary>
internal sealed record AccountLines
{
    private const int MostBytes = 1_000_000;

    /// <summary>Balance of the cross wallet; null where it was not given.</summary>
    public AccountLine? Wallet { get; init; }

    /// <summary>Initial margin of open orders; null where it was not given.</summary>
    public AccountLine? OpenOrders { get; init; }

    /// <summary>Positions.</summary>
    public IReadOnlyList<AccountLine> Positions { get; init; } = [];

    /// <summary>Changes, in the order in which they happen.</summary>
    public IReadOnlyList<AccountLine> Changes { get; init; } = [];

    /// <summary>These lines behind those of a file; amounts given here go before those of the file.</summary>
    public AccountLines After(AccountLines file) => new()
    {
        Wallet = Wallet ?? file.Wallet,
        OpenOrders = OpenOrders ?? file.OpenOrders,
        Positions = [.. file.Positions, .. Positions],
        Changes = [.. file.Changes, .. Changes],
    };

    /// <summary>
    /// Reads a file: lines that begin with <c>wallet</c>, <c>open-orders</c>, <c>position</c> or <c>then</c>;
    /// what stands behind a <c>#</c> is a comment.
    /// </summary>
    public static Result<AccountLines, IReadOnlyList<string>> Read(string path)
    {
        var name = Quoting.WithoutControls(path);
        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                return Failed($"{name}: the file has more than a million bytes. Name an account.");
            }

            return Read(name, File.ReadAllLines(path));
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Failed(
                $"{name}: the file cannot be read: {error.Message.TrimEnd('.')}. Name a file with an "
                + "account, or give it by flags.");
        }
    }

    private static List<string> Failed(string line) => [line];

    private static Result<AccountLines, IReadOnlyList<string>> Read(string name, string[] lines)
    {
        var account = new AccountLines();
        var wrong = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var text = lines[i].Split('#')[0].Trim();
            if (text.Length == 0) continue;
            var words = text.Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
            var place = string.Create(CultureInfo.InvariantCulture, $"{name}:{i + 1}: {words[0]}");
            var line = new AccountLine(place, words.Length > 1 ? words[1] : "");
            switch (words[0])
            {
                case "wallet" when account.Wallet is null:
                    account = account with { Wallet = line };
                    break;
                case "open-orders" when account.OpenOrders is null:
                    account = account with { OpenOrders = line };
                    break;
                case "position":
                    account = account with { Positions = [.. account.Positions, line] };
                    break;
                case "then":
                    account = account with { Changes = [.. account.Changes, line] };
                    break;
                case "wallet" or "open-orders":
                    wrong.Add($"{place}: it is given twice. Keep one.");
                    break;
                default:
                    wrong.Add($"{name}:{i + 1}: {Quoting.Clean(words[0])}: lines begin with wallet, "
                        + "open-orders, position or then.");
                    break;
            }
        }

        return wrong.Count > 0 ? wrong : account;
    }
}

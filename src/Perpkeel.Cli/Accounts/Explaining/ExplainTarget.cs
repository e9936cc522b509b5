using System.Globalization;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Accounts.Explaining;

/// <summary>What is to be explained: a bracket, a fact or an order.</summary>
/// <param name="Bracket">The bracket whose story it is; null for a fact that belongs to none.</param>
/// <param name="Fact">The fact that was asked for; null for another thing.</param>
/// <param name="Order">The order that was asked for; null for another thing.</param>
internal sealed record ExplainTarget(long? Bracket, long? Fact = null, uint? Order = null)
{
    private const string Forms =
        "Write b3 for a bracket, f168 for a fact, o4711 or 4711 for an order, or a signal's id; "
        + "perpkeel orders --all shows orders and their brackets.";

    /// <summary>Finds what a word stands for.</summary>
    public static Result<ExplainTarget, UserError> Find(string word, Chronicle chronicle)
    {
        if (chronicle.FactOfSignal(word) is { } received)
        {
            return new ExplainTarget(chronicle.BracketOfFact(received), Fact: received);
        }

        var kind = word.Length > 1 && char.IsAsciiLetter(word[0]) ? char.ToLowerInvariant(word[0]) : ' ';
        var digits = kind == ' ' ? word : word[1..];
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || kind is not (' ' or 'b' or 'f' or 'o'))
        {
            return UserError.Of($"'{word}' is no fact, order or bracket. {Forms}");
        }

        var fact = kind is ' ' or 'f' && chronicle.HasFact(number)
            ? new ExplainTarget(chronicle.BracketOfFact(number), Fact: number)
            : null;
        var order = kind is ' ' or 'o' && chronicle.BracketOfOrder(number) is { } owner
            ? new ExplainTarget(owner, Order: (uint)number)
            : null;
        if (fact is not null && order is not null)
        {
            return UserError.Of($"{word} is a fact and an order: write f{word} or o{word}.");
        }

        var bracket = kind == 'b' && chronicle.HasBracket(number) ? new ExplainTarget(number) : null;
        return (fact ?? order ?? bracket) is { } found
            ? found
            : UserError.Of($"There is no {Named(kind)} {digits} in this account. {Forms}");
    }

    private static string Named(char kind) => kind switch
    {
        'b' => "bracket",
        'f' => "fact",
        'o' => "order",
        _ => "fact or order",
    };
}

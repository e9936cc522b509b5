using Perpkeel.Cli.Configuration;

namespace Perpkeel.Cli.Margin;

/// <summary>
/// Takes the words of one line of an account, one after the other. What goes wrong is remembered, once, with
/// the line; what is taken after that is empty.
/// </summary>
/// <param name="place">Where the line stands, e.g. <c>--then</c> or <c>account.txt:3</c>.</param>
/// <param name="text">The line.</param>
/// <param name="mend">How such a line is written.</param>
internal sealed class WordReader(string place, string text, string mend)
{
    private readonly Queue<string> _words = new(
        text.Split([' ', '\t', '@'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What is wrong, in a line; null while nothing is.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Whether words are left.</summary>
    public bool HasMore => Wrong is null && _words.Count > 0;

    /// <summary>The next word.</summary>
    public string Word()
    {
        if (Wrong is not null) return string.Empty;
        if (_words.TryDequeue(out var word)) return word;
        Fail("it ends too early");
        return string.Empty;
    }

    /// <summary>The next word, which is a number.</summary>
    public decimal Number(string name) => NumberIn(name, Word());

    /// <summary>The next word, which is a leverage, e.g. <c>20x</c>.</summary>
    public decimal Leverage()
    {
        var word = Word();
        if (word is [.. var digits, 'x' or 'X']) return NumberIn("leverage", digits);
        Fail($"'{Quoting.Clean(word)}' is no leverage such as 20x");
        return 0m;
    }

    /// <summary>Takes the next word if it is this one.</summary>
    public bool TryTake(string word)
    {
        if (!HasMore || !_words.Peek().Equals(word, StringComparison.OrdinalIgnoreCase)) return false;
        _words.Dequeue();
        return true;
    }

    /// <summary>The next word without taking it; empty at the end.</summary>
    public string Peek() => HasMore ? _words.Peek() : string.Empty;

    /// <summary>Nothing may be left.</summary>
    public void End()
    {
        if (HasMore) Fail($"'{Quoting.Clean(_words.Peek())}' is too much");
    }

    /// <summary>Something is wrong.</summary>
    public void Fail(string what) => Wrong ??= $"{place} {Quoting.Clean(text)}: {what}. {mend}";

    /// <summary>Something is wrong, told already as a sentence.</summary>
    public void FailAs(string sentence) => Wrong ??= $"{place} {Quoting.Clean(text)}: {sentence}";

    private decimal NumberIn(string name, string word)
    {
        if (Wrong is not null) return 0m;
        if (Amounts.Read(name, word).TryGet(out var value, out var wrong)) return value;
        FailAs(wrong);
        return 0m;
    }
}

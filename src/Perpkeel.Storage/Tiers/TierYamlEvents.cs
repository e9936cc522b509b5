using System.Diagnostics.CodeAnalysis;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Perpkeel.Storage.Tiers;

/// <summary>
/// The events of a YAML text, with what a reader of a file by an unknown hand needs: nothing is expanded,
/// nothing is read deeper than tiers lie, and what is wrong is told with its place.
/// </summary>
internal sealed class TierYamlEvents(TextReader text, TierFileFindings findings)
{
    private const int MostDepth = 12;

    private readonly Parser _parser = new(text);
    private bool _isStopped;

    /// <summary>The event that is next.</summary>
    public ParsingEvent Current => _parser.Current!;

    /// <summary>Reads; whatever the parser throws at broken text becomes a finding.</summary>
    public void Guard(Action read)
    {
        try
        {
            read();
        }
        catch (YamlException error)
        {
            if (!_isStopped) FindSyntax(error.Start, error.Message);
        }
        catch (Exception error) when (
            error is InvalidOperationException or ArgumentException or EndOfStreamException)
        {
            // YamlDotNet 16.3 throws these, without a line, at some broken scalars and tags.
            FindSyntax(_parser.Current?.Start ?? Mark.Empty, error.Message);
        }
    }

    /// <summary>Takes the next event, which is of this kind.</summary>
    public void Next<T>()
        where T : ParsingEvent => _parser.Consume<T>();

    /// <summary>Takes the next event if it is of this kind.</summary>
    public bool TryNext<T>([NotNullWhen(true)] out T? next)
        where T : ParsingEvent => _parser.TryConsume<T>(out next);

    /// <summary>
    /// Takes a mapping, entry by entry; gives its keys. The entry's reader takes exactly the value.
    /// </summary>
    /// <param name="symbol">Whose, for messages.</param>
    /// <param name="readValue">Takes the value of a key.</param>
    public IReadOnlySet<string> ReadMapping(string symbol, Action<Scalar> readValue)
    {
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        Next<MappingStart>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                Find(Current.Start, symbol, TierFileFault.Syntax, "This is no key.", "Write 'key: value'.");
                Skip();
                Skip();
                continue;
            }

            // What the parser gives behind an empty key is not balanced.
            if (key is { Value: "", Style: ScalarStyle.Plain })
            {
                throw new SyntaxErrorException(key.Start, key.End, "A key is missing before the colon.");
            }

            if (lines.TryGetValue(key.Value, out var line))
            {
                Find(
                    key.Start, symbol, TierFileFault.DuplicateKey,
                    $"The key {Quoted.Of(key.Value)} stands in line {line} already.", "Keep one of them.");
                Skip();
                continue;
            }

            lines.Add(key.Value, key.Start.Line);
            readValue(key);
        }

        return lines.Keys.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Takes a single value that is not empty; false with a finding where there is none.</summary>
    public bool TryNextValue(string symbol, Scalar key, string mend, [NotNullWhen(true)] out Scalar? value)
    {
        value = null;
        if (Current is Scalar scalar && !IsEmpty(scalar))
        {
            value = scalar;
            _parser.MoveNext();
            return true;
        }

        FindOther(symbol, $"'{key.Value}'", mend);
        return false;
    }

    /// <summary>Tells of a key that there is not, and skips its value.</summary>
    public void FindUnknown(Scalar key, string symbol, string known)
    {
        Find(
            key.Start, symbol, TierFileFault.UnknownKey, $"There is no key {Quoted.Of(key.Value)}.",
            $"Known are {known}.");
        Skip();
    }

    /// <summary>Tells of something that has not the shape expected, and skips it.</summary>
    public void FindOther(string symbol, string subject, string mend)
    {
        var what = Current switch
        {
            Scalar scalar when IsEmpty(scalar) => $"{subject} has no value.",
            Scalar => $"{subject} is a single value.",
            SequenceStart => $"{subject} is a list.",
            MappingStart => $"{subject} is a mapping of keys.",
            AnchorAlias => $"{subject} is an alias; aliases are not followed.",
            _ => $"{subject} is not there.",
        };
        Find(Current.Start, symbol, TierFileFault.WrongType, what, mend);
        Skip();
    }

    /// <summary>Tells of something wrong; ends reading when too much is.</summary>
    public void Find(Mark mark, string symbol, TierFileFault fault, string what, string mend)
    {
        findings.Add(PlaceOf(mark), symbol, fault, what, mend);
        if (findings.IsFull) Stop();
    }

    /// <summary>The place of a mark.</summary>
    public TierFilePlace PlaceOf(Mark mark) => new(findings.File, mark.Line, mark.Column);

    /// <summary>Takes the next event with all that is nested in it.</summary>
    private void Skip()
    {
        var depth = 0;
        do
        {
            var next = _parser.Consume<ParsingEvent>();
            depth += next.NestingIncrease;
            if (depth > MostDepth)
            {
                findings.Add(
                    PlaceOf(next.Start), "", TierFileFault.TooDeep, "Lists or keys are nested too deep here.",
                    "Write it as the template shows; the rest of the file was not read.");
                Stop();
            }
        }
        while (depth > 0);
    }

    [DoesNotReturn]
    private void Stop()
    {
        _isStopped = true;
        throw new SyntaxErrorException("Reading was stopped; the findings say why.");
    }

    private void FindSyntax(Mark mark, string message) => findings.Add(
        PlaceOf(mark), "", TierFileFault.Syntax,
        $"This is not YAML: {Quoted.WithoutControls(message).TrimEnd('.')}.",
        "Look at this line and the ones beside it: colons, quotes, brackets, and spaces (no tabs) before a "
        + "key.");

    private static bool IsEmpty(Scalar value) =>
        value.Style == ScalarStyle.Plain && value.Value is "" or "~" or "null" or "Null" or "NULL";
}

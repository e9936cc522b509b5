using Perpkeel.Storage.Texts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Perpkeel.Cli.Configuration;

/// <summary>
/// Reads a YAML file into settings, with the line of each, and goes on behind whatever is wrong.
/// </summary>
internal sealed class YamlSettings
{
    private readonly Dictionary<string, long> _lineOf = new(StringComparer.Ordinal);
    private readonly List<Setting> _settings = [];
    private readonly List<ConfigFinding> _findings = [];
    private readonly Parser _parser;
    private readonly string _file;

    private YamlSettings(string file, TextReader text)
    {
        _file = file;
        _parser = new Parser(text);
    }

    /// <summary>All settings that could be read, and all that is wrong with the others.</summary>
    public static (IReadOnlyList<Setting> Settings, IReadOnlyList<ConfigFinding> Findings) Read(
        string file, string text)
    {
        using var reader = new StringReader(text);
        var yaml = new YamlSettings(file, reader);
        try
        {
            yaml.ReadStream();
        }
        catch (YamlException error)
        {
            yaml.FindSyntax(error.Start, error.Message);
        }
        catch (Exception error) when (
            error is InvalidOperationException or ArgumentException or EndOfStreamException)
        {
            // YamlDotNet 16.3 throws these, without a line, at some broken scalars and tags.
            yaml.FindSyntax(yaml._parser.Current?.Start ?? Mark.Empty, error.Message);
        }

        return (yaml._settings, yaml._findings);
    }

    private ParsingEvent Current => _parser.Current!;

    private void ReadStream()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _)) return;

        if (Current is MappingStart) ReadSection("");
        else ReadOther("", "one mapping of sections", isEmptyAllowed: true);
        _parser.Consume<DocumentEnd>();
        if (Current is DocumentStart second)
        {
            Find(second.Start, "", ConfigFault.Syntax, "A second document begins here.", "Keep one.");
        }
    }

    private void ReadSection(string section)
    {
        _parser.Consume<MappingStart>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var name))
            {
                Find(Current.Start, section, ConfigFault.Syntax, "This is no key.", "Write 'key: value'.");
                _parser.SkipThisAndNestedEvents();
                _parser.SkipThisAndNestedEvents();
                continue;
            }

            // What the parser gives behind an empty key is not balanced.
            if (name is { Value: "", Style: ScalarStyle.Plain })
            {
                throw new SyntaxErrorException(name.Start, name.End, "A key is missing before the colon.");
            }

            ReadEntry(section.Length == 0 ? name.Value : $"{section}.{name.Value}", name.Start);
        }
    }

    private void ReadEntry(string path, Mark start)
    {
        if (_lineOf.TryGetValue(path, out var first))
        {
            Find(
                start, path, ConfigFault.DuplicateKey, $"The key stands in line {first} already.",
                "Keep one of them.");
            _parser.SkipThisAndNestedEvents();
            return;
        }

        _lineOf.Add(path, start.Line);
        if (ConfigTable.IsSection(path))
        {
            if (Current is MappingStart) ReadSection(path);
            else ReadOther(path, "a section with keys of its own", isEmptyAllowed: true);
        }
        else if (ConfigTable.Find(path) is not { } key)
        {
            Find(start, path, ConfigFault.UnknownKey, "There is no such key.", KeySuggestion.For(path));
            _parser.SkipThisAndNestedEvents();
        }
        else if (Current is Scalar value && !IsEmpty(value))
        {
            var isQuoted = value.Style != ScalarStyle.Plain || !value.Tag.IsEmpty;
            _settings.Add(new Setting(path, value.Value, isQuoted, PlaceOf(value.Start)));
            _parser.MoveNext();
        }
        else
        {
            ReadOther(path, key.Expected, isEmptyAllowed: false);
        }
    }

    /// <summary>Skips what has not the shape that is expected, and complains about it.</summary>
    private void ReadOther(string path, string expected, bool isEmptyAllowed)
    {
        var isEmpty = Current is Scalar value && IsEmpty(value);
        if (!isEmpty || !isEmptyAllowed)
        {
            var what = Current switch
            {
                Scalar when isEmpty => "The value is missing.",
                Scalar => "A single value stands here.",
                SequenceStart => "A list stands here.",
                MappingStart => "Keys stand here.",
                _ => "An alias stands here.",
            };
            Find(Current.Start, path, ConfigFault.WrongType, what, $"Write {expected}.");
        }

        _parser.SkipThisAndNestedEvents();
    }

    private void FindSyntax(Mark mark, string message) => Find(
        mark, "", ConfigFault.Syntax, $"This is not YAML: {Quoted.WithoutControls(message).TrimEnd('.')}.",
        "Look at this line and the ones beside it: colons, quotes, and spaces (no tabs) before a key.");

    private static bool IsEmpty(Scalar value) =>
        value.Style == ScalarStyle.Plain && value.Value is "" or "~" or "null" or "Null" or "NULL";

    private ConfigPlace PlaceOf(Mark mark) => new(ConfigSource.File, _file, mark.Line, mark.Column);

    private void Find(Mark mark, string path, ConfigFault fault, string what, string mend) =>
        _findings.Add(new ConfigFinding(PlaceOf(mark), Quoted.Clean(path), fault, what, mend));
}

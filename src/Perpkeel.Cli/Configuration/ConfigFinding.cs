using System.Globalization;
using Perpkeel.Storage.Texts;

namespace Perpkeel.Cli.Configuration;

/// <summary>Kinds of findings; stable, for tools.</summary>
internal enum ConfigFault
{
    /// <summary>The file cannot be read.</summary>
    Unreadable,

    /// <summary>It is not YAML, or a flag is not <c>key=value</c>.</summary>
    Syntax,

    /// <summary>There is no such key.</summary>
    UnknownKey,

    /// <summary>A key stands twice in the file.</summary>
    DuplicateKey,

    /// <summary>The value is of another type.</summary>
    WrongType,

    /// <summary>The value is too small or too large.</summary>
    OutOfRange,

    /// <summary>Two values do not go together.</summary>
    Contradiction,
}

/// <summary>Where a value comes from; a later source overrides an earlier one.</summary>
internal enum ConfigSource
{
    File,
    Environment,
    Flag,
}

/// <summary>Where a value stands.</summary>
/// <param name="Source">In which source.</param>
/// <param name="Name">Which file, variable or flag.</param>
/// <param name="Line">In a file the line, from 1; else the place among the others.</param>
/// <param name="Column">In a file the column, from 1.</param>
internal readonly record struct ConfigPlace(ConfigSource Source, string Name, long Line = 0, long Column = 0)
    : IComparable<ConfigPlace>
{
    public static bool operator <(ConfigPlace left, ConfigPlace right) => left.CompareTo(right) < 0;

    public static bool operator >(ConfigPlace left, ConfigPlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(ConfigPlace left, ConfigPlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ConfigPlace left, ConfigPlace right) => left.CompareTo(right) >= 0;

    public int CompareTo(ConfigPlace other) =>
        (Source, Line, Column).CompareTo((other.Source, other.Line, other.Column));

    public override string ToString() => Source switch
    {
        ConfigSource.File when Line > 0 =>
            string.Create(CultureInfo.InvariantCulture, $"{Name}:{Line}:{Column}"),
        ConfigSource.File => Name,
        ConfigSource.Environment => $"environment variable {Name}",
        _ => Name.StartsWith("--", StringComparison.Ordinal) ? Name : $"--set {Name}",
    };
}

/// <summary>A value that somebody set, before it is understood.</summary>
/// <param name="Key">Which key, with dots.</param>
/// <param name="Text">The value as it was written.</param>
/// <param name="IsQuoted">Whether quotes make it a text whatever it looks like.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record Setting(string Key, string Text, bool IsQuoted, ConfigPlace Place)
{
    /// <summary>The value as a message repeats it: in quotes, short and harmless.</summary>
    public string InQuotes => IsQuoted ? $"\"{Quoted.Clean(Text)}\"" : Quoted.Of(Text);
}

/// <summary>What is wrong with a value, without the place.</summary>
/// <param name="Fault">Which kind.</param>
/// <param name="What">What is wrong, as a sentence.</param>
/// <param name="Mend">What to do, as a sentence.</param>
internal sealed record Complaint(ConfigFault Fault, string What, string Mend);

/// <summary>Something wrong in the configuration.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Key">Which key; empty when it is about the whole file.</param>
/// <param name="Fault">Which kind.</param>
/// <param name="What">What is wrong, as a sentence.</param>
/// <param name="Mend">What to do, as a sentence.</param>
internal sealed record ConfigFinding(
    ConfigPlace Place, string Key, ConfigFault Fault, string What, string Mend)
{
    public static ConfigFinding Of(ConfigPlace place, string key, Complaint complaint) =>
        new(place, key, complaint.Fault, complaint.What, complaint.Mend);

    public override string ToString() =>
        Key.Length == 0 ? $"{Place}: {What} {Mend}" : $"{Place}: {Key}: {What} {Mend}";
}

/// <summary>
/// All that is wrong in the configuration: file first, by line, then environment, then flags.
/// </summary>
internal sealed record ConfigFindings(IReadOnlyList<ConfigFinding> All)
{
    public override string ToString() => string.Join(Environment.NewLine, All);
}

using System.Globalization;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Storage.Texts;

namespace Perpkeel.Storage.Tiers;

/// <summary>Kinds of findings about a file; those about a table are <see cref="TierFault"/>.</summary>
internal enum TierFileFault
{
    Unreadable,
    TooLarge,
    NotText,
    Syntax,
    TooManyFindings,
    TooDeep,
    Shape,
    UnknownKey,
    DuplicateKey,
    MissingKey,
    WrongType,
    TooManyDigits,
    BadDate,
    BadSymbol,
    BadCoefficient,
    TooManyTiers,
    NoSymbols,
    ExchangeError,
}

/// <summary>Collects what is wrong with one file.</summary>
internal sealed class TierFileFindings(string file)
{
    /// <summary>A file with more is not by a human hand; the rest of it is not read.</summary>
    public const int Most = 1_000;

    private readonly List<TierFileFinding> _all = [];

    /// <summary>The file's name, fit for a terminal.</summary>
    public string File { get; } = Quoted.WithoutControls(file);

    /// <summary>How many there are.</summary>
    public int Count => _all.Count;

    /// <summary>Whether no more are taken.</summary>
    public bool IsFull => _all.Count >= Most;

    /// <summary>All of them in the order of the lines.</summary>
    public TierFileRefusal Refusal => new(
    [
        .. _all.OrderBy(finding => finding.Place.Line).ThenBy(finding => finding.Place.Column),
        .. Rest(),
    ]);

    /// <summary>The whole file as a place.</summary>
    public TierFilePlace Whole => new(File, 0, 0);

    /// <summary>Something is wrong with the file.</summary>
    public void Add(TierFilePlace place, string symbol, TierFileFault fault, string what, string mend)
    {
        if (IsFull) return;
        _all.Add(new TierFileFinding
        {
            Place = place,
            Code = CodeOf(fault),
            Symbol = Quoted.Clean(symbol),
            What = what,
            Mend = mend,
        });
    }

    /// <summary>Something is wrong with a table.</summary>
    public void Add(TierFilePlace place, string symbol, TierFinding finding)
    {
        if (IsFull) return;
        _all.Add(new TierFileFinding
        {
            Place = place,
            Code = finding.Code,
            Symbol = Quoted.Clean(symbol),
            Tier = finding.Tier,
            What = finding.What,
            Mend = finding.Mend,
        });
    }

    /// <summary>The file could not be taken in at all: this is all that is told of it.</summary>
    public TierFileRefusal Only(TierFileFault fault, string what, string mend) =>
        Only(Whole, fault, what, mend);

    /// <summary>The same at a place in it.</summary>
    public TierFileRefusal Only(TierFilePlace place, TierFileFault fault, string what, string mend)
    {
        _all.Clear();
        Add(place, "", fault, what, mend);
        return Refusal;
    }

    private IEnumerable<TierFileFinding> Rest() => !IsFull ? [] :
    [
        new TierFileFinding
        {
            Place = Whole, Code = CodeOf(TierFileFault.TooManyFindings), Symbol = "",
            What = string.Create(
                CultureInfo.InvariantCulture, $"The first {Most} findings are told; there may be more."),
            Mend = "Mend these and read the file again.",
        },
    ];

    private static string CodeOf(TierFileFault fault) => fault switch
    {
        TierFileFault.Unreadable => "file-unreadable",
        TierFileFault.TooLarge => "file-too-large",
        TierFileFault.NotText => "file-not-text",
        TierFileFault.Syntax => "file-syntax",
        TierFileFault.TooManyFindings => "file-too-many-findings",
        TierFileFault.TooDeep => "file-too-deep",
        TierFileFault.Shape => "file-shape",
        TierFileFault.UnknownKey => "file-unknown-key",
        TierFileFault.DuplicateKey => "file-duplicate-key",
        TierFileFault.MissingKey => "file-missing-key",
        TierFileFault.WrongType => "file-wrong-type",
        TierFileFault.TooManyDigits => "file-too-many-digits",
        TierFileFault.BadDate => "file-bad-date",
        TierFileFault.BadSymbol => "file-bad-symbol",
        TierFileFault.BadCoefficient => "file-bad-coefficient",
        TierFileFault.TooManyTiers => "file-too-many-tiers",
        TierFileFault.NoSymbols => "file-no-symbols",
        TierFileFault.ExchangeError => "file-exchange-error",
        _ => "file-unknown",
    };
}

using System.Globalization;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>Why recorded data is refused: where it is wrong and how to mend it.</summary>
public abstract record ReplayError
{
    private ReplayError()
    {
    }

    /// <summary>Stable name of the kind of error.</summary>
    public abstract string Code { get; }

    /// <summary>One sentence on what is wrong, with file and line, and one on how to mend it.</summary>
    public abstract string Message { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Code}: {Message}";

    private static string Place(string file, long line) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}");

    /// <summary>There is no such file or folder.</summary>
    public sealed record PathMissing(string Path) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.path-missing";

        /// <inheritdoc/>
        public override string Message =>
            $"{Path} does not exist. Name a CSV file, or a folder that holds CSV files.";
    }

    /// <summary>The folder holds no CSV file.</summary>
    public sealed record FolderEmpty(string Path) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.folder-empty";

        /// <inheritdoc/>
        public override string Message =>
            $"{Path} holds no *.csv file. Put the files into this folder itself; folders in it are not read.";
    }

    /// <summary>The system would not let us read.</summary>
    public sealed record Unreadable(string File, string Reason) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.unreadable";

        /// <inheritdoc/>
        public override string Message => $"{File} cannot be read: {Reason}";
    }

    /// <summary>The first line does not name the columns.</summary>
    public sealed record ColumnsMissing(string File, string Missing, string Expected) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.columns-missing";

        /// <inheritdoc/>
        public override string Message =>
            $"{File}, line 1 does not name {Missing}. The first line has to be the header {Expected}.";
    }

    /// <summary>The file stops in the middle of a line.</summary>
    public sealed record TornLastLine(string File, long Line) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.torn-last-line";

        /// <inheritdoc/>
        public override string Message =>
            $"{Place(File, Line)} has no line end, so its last number may be cut off. "
            + "Copy the file again, remove the line, or end it with a line feed if it is whole.";
    }

    /// <summary>A line has more or fewer fields than the header.</summary>
    public sealed record FieldsMismatch(string File, long Line, int Fields, int Expected) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.fields-mismatch";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"{Place(File, Line)} has {Fields} fields where the header names {Expected}. "
            + $"Mend or remove the line.");
    }

    /// <summary>A field is not a number; NaN and infinity are none.</summary>
    public sealed record NotANumber(string File, long Line, string Column, string Text) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.not-a-number";

        /// <inheritdoc/>
        public override string Message =>
            $"{Place(File, Line)}: {Column} is '{Text}', which is not a number like 123.45. "
            + "Mend the number or remove the line.";
    }

    /// <summary>A time is not in milliseconds since 1970, of this century.</summary>
    public sealed record BadTimestamp(string File, long Line, string Column, long Value) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.bad-timestamp";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"{Place(File, Line)}: {Column} is {Value}, which is not a time between the years 2000 and 2100. "
            + $"Give milliseconds since 1970, not seconds or microseconds.");
    }

    /// <summary>A time is not in seconds since 1970, of this century.</summary>
    public sealed record BadSeconds(string File, long Line, string Column, decimal Value) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.bad-timestamp";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"{Place(File, Line)}: {Column} is {Value}, which is not a time between the years 2000 and 2100. "
            + $"Give seconds since 1970, or name the column ts_ms and give milliseconds.");
    }

    /// <summary>A field names no side.</summary>
    public sealed record NotASide(string File, long Line, string Column, string Text) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.not-a-side";

        /// <inheritdoc/>
        public override string Message =>
            $"{Place(File, Line)}: {Column} is '{Text}'. Write buy or sell, the side of who took.";
    }

    /// <summary>There are trades of a market, but no book.</summary>
    public sealed record BookMissing(string File, string Market) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.book-missing";

        /// <inheritdoc/>
        public override string Message =>
            $"{File} has trades of {Market}, but no file has its book. Put the book's file beside it, or "
            + "remove the trades.";
    }

    /// <summary>A folder holds books or trades, and something else.</summary>
    public sealed record KindsMixed(string File, string Book) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.kinds-mixed";

        /// <inheritdoc/>
        public override string Message =>
            $"{File} is neither a book nor trades, but {Book} is. Put candles into a folder of their own, "
            + "and take files of another kind out.";
    }

    /// <summary>Two files tell of one market's book, or of its trades, at the same time.</summary>
    public sealed record FilesOverlap(string First, string Second, string Market) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.files-overlap";

        /// <inheritdoc/>
        public override string Message =>
            $"{First} and {Second} both tell of {Market} at the same time. Keep one of them in the folder.";
    }

    /// <summary>A price is zero or negative.</summary>
    public sealed record PriceNotPositive(string File, long Line, string Column, decimal Value) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.price-not-positive";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"{Place(File, Line)}: {Column} is {Value}; prices and sizes are greater than zero. "
            + $"Mend or remove the line.");
    }

    /// <summary>A volume is negative.</summary>
    public sealed record VolumeNegative(string File, long Line, decimal Value) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.volume-negative";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"{Place(File, Line)}: volume is {Value}; it is zero or more. Mend or remove the line.");
    }

    /// <summary>Open or close lies outside high and low.</summary>
    public sealed record RangeWrong(string File, long Line, string Column, decimal Value) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.range-wrong";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"{Place(File, Line)}: {Column} is {Value}, but open or close lies beyond it. "
            + $"Mend the line; columns that were swapped look like this, too.");
    }

    /// <summary>A row is earlier than the one before it.</summary>
    public sealed record OutOfOrder(string File, long Line) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.out-of-order";

        /// <inheritdoc/>
        public override string Message =>
            $"{Place(File, Line)} is earlier than the line before it. Sort the file by ts_ms, oldest first.";
    }

    /// <summary>Two rows of one file tell of the same time.</summary>
    public sealed record Duplicate(string File, long Line) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.duplicate-row";

        /// <inheritdoc/>
        public override string Message =>
            $"{Place(File, Line)} has the time of the line before it. Remove one of the two.";
    }

    /// <summary>A number is finer than any grid that we keep.</summary>
    public sealed record TooManyDecimals(string File, long Line, string Column, int Most) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.too-many-decimals";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"{Place(File, Line)}: {Column} has more than {Most} decimals. "
            + $"Round it to the market's grid; numbers like 0.30000000000000004 come from floating point.");
    }

    /// <summary>A number is too large to be counted on the grid of its file.</summary>
    public sealed record TooLarge(string File, long Line, string Column) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.too-large";

        /// <inheritdoc/>
        public override string Message =>
            $"{Place(File, Line)}: {Column} is too large to be counted in the file's smallest unit. "
            + "Mend the number, or give the column fewer decimals.";
    }

    /// <summary>There are too few rows to tell how far apart they are.</summary>
    public sealed record TooFewRows(string File, int Rows) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.too-few-rows";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"{File} has too few rows ({Rows}): two at least are needed to tell how long one of them lasts.");
    }

    /// <summary>The file's name does not tell one market.</summary>
    public sealed record MarketUnclear(string File) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.market-unclear";

        /// <inheritdoc/>
        public override string Message =>
            $"The name of {File} does not tell its market. Between underscores it needs exactly one part "
            + "such as BTCUSDT, BTCUSDC, BTCUSD, BTC-USD or BTC, e.g. binance_BTCUSDT_1m.csv.";
    }

    /// <summary>Two files tell different things of one market.</summary>
    public sealed record MarketConflict(string Market, string First, string Second) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.market-conflict";

        /// <inheritdoc/>
        public override string Message =>
            $"{First} and {Second} both are {Market}, with different rows. Keep one of them in the folder, "
            + "or join them into one file.";
    }

    /// <summary>Two files give different funding rates for one hour.</summary>
    public sealed record FundingConflict(string First, string Second, DateTimeOffset Hour) : ReplayError
    {
        /// <inheritdoc/>
        public override string Code => "replay.funding-conflict";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"{First} and {Second} give different funding rates for {Hour:yyyy-MM-dd HH:mm} UTC. "
            + $"Keep one of them in the folder.");
    }
}

using System.Globalization;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// What every market of a replay pays in each hour of it: recorded rates, and assumed ones between.
/// </summary>
internal sealed class ReplayFunding
{
    /// <summary>
    /// What an hour pays of which no rate is known: 0.00125 %, dYdX's and most venues' base rate.
    /// </summary>
    public const decimal AssumedRate = 0.0000125m;

    private const long HourMs = 3_600_000;

    private readonly Dictionary<string, Hours> _assets = new(StringComparer.Ordinal);

    /// <summary>Hours that end after the start and not after the end, all rates assumed.</summary>
    public ReplayFunding(IEnumerable<string> baseAssets, long startsAtMs, long endsAtMs)
    {
        FirstHour = (startsAtMs / HourMs) + 1;
        LastHour = endsAtMs / HourMs;
        foreach (var asset in baseAssets.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            _assets.Add(asset, new Hours(Math.Max(0, LastHour - FirstHour + 1)));
        }
    }

    /// <summary>The first hour's end, in hours since 1970.</summary>
    public long FirstHour { get; }

    /// <summary>The last hour's end.</summary>
    public long LastHour { get; }

    /// <summary>The base assets, by name.</summary>
    public IEnumerable<string> Assets => _assets.Keys;

    /// <summary>The rate of the hour that ends then.</summary>
    public decimal Rate(string baseAsset, long hour) => _assets[baseAsset].Rates[hour - FirstHour];

    /// <summary>The same, and what is assumed for an hour that is not among them.</summary>
    public decimal RateOrAssumed(string baseAsset, long hour) =>
        hour >= FirstHour && hour <= LastHour ? Rate(baseAsset, hour) : AssumedRate;

    /// <summary>
    /// Takes the rates of every file in the folder whose name tells one of the base assets.
    /// </summary>
    public void Load(string folder, ErrorList errors)
    {
        var paths = CandleFiles.Csv(folder, errors);
        foreach (var (asset, hours) in _assets)
        {
            foreach (var path in paths.Where(path => FundingFile.IsOf(asset, path)))
            {
                if (FundingFile.Read(path, errors) is { } file) Take(file, hours, errors);
            }
        }
    }

    /// <summary>For each base asset how many hours had to be assumed; nothing where none had.</summary>
    public IEnumerable<string> Assumptions()
    {
        foreach (var (asset, hours) in _assets)
        {
            var assumed = hours.Files.Count(file => file is null);
            if (assumed == 0) continue;
            var all = hours.Files.Length;
            var share = assumed == all ? "all" : Text($"{assumed:N0} of");
            yield return Text($"{asset}: {share} {all:N0} hours assumed (funding 0.00125 % an hour)");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Take(FundingFile file, Hours hours, ErrorList errors)
    {
        foreach (var (hour, rate) in file.Hourly(FirstHour, LastHour))
        {
            var place = hour - FirstHour;
            if (hours.Files[place] is { } other && hours.Rates[place] != rate)
            {
                errors.Add(new ReplayError.FundingConflict(
                    other, file.Name, DateTimeOffset.FromUnixTimeMilliseconds(hour * HourMs)));
                return;
            }

            hours.Files[place] = file.Name;
            hours.Rates[place] = rate;
        }
    }

    /// <summary>Each hour's rate, and the file that it comes from.</summary>
    private sealed class Hours
    {
        public Hours(long count)
        {
            Rates = new decimal[count];
            Files = new string?[count];
            Array.Fill(Rates, AssumedRate);
        }

        public decimal[] Rates { get; }

        public string?[] Files { get; }
    }
}

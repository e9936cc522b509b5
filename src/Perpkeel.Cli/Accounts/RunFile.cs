using System.Text.Json;
using System.Text.Json.Serialization;
using Perpkeel.Cli.Configuration;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Accounts;

/// <summary>
/// What a folder was last run with, beside its journals: so that what only looks knows the markets and the
/// limits without the run. The journals are the truth; this only says how to read them.
/// </summary>
internal sealed record RunFile
{
    /// <summary>Name of the file.</summary>
    public const string Name = "run.json";

    private const int KnownVersion = 1;
    private const long MostBytes = 4_000_000;

    /// <summary>Version of its form.</summary>
    public int Version { get; init; }

    /// <summary>The account.</summary>
    public required string Account { get; init; }

    /// <summary>All settings, by key.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The markets, in the order of their indices.</summary>
    public required IReadOnlyList<StoredMarket> Markets { get; init; }

    /// <summary>Writes it anew.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(
        string folder, AccountId account, PerpkeelConfig config, IEnumerable<Market> markets)
    {
        var file = new RunFile
        {
            Version = KnownVersion,
            Account = account.ToString(),
            Settings = ConfigTable.Keys.ToDictionary(
                key => key.Path, key => key.ValueIn(config), StringComparer.Ordinal),
            Markets = [.. markets.Select(StoredMarket.Of)],
        };
        var path = Path.Combine(folder, Name);
        var draft = path + ".new";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(file, RunFileJson.Default.RunFile));
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>
    /// Reads it; null where there is none that this version understands, or one of another account.
    /// </summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RunFile? Read(string folder, string account)
    {
        var file = new FileInfo(Path.Combine(folder, Name));
        if (!file.Exists || file.Length > MostBytes) return null;
        try
        {
            var read = JsonSerializer.Deserialize(
                File.ReadAllBytes(file.FullName), RunFileJson.Default.RunFile);
            if (read is not { Version: KnownVersion }) return null;
            return read.Account.Equals(account, StringComparison.Ordinal) ? read : null;
        }
        catch (JsonException)
        {
            // It only saves a question: without it the question is asked.
            return null;
        }
    }

    /// <summary>The settings; those that this version does not take are left at their defaults.</summary>
    public PerpkeelConfig ToConfig() => ConfigTable.Keys.Aggregate(new PerpkeelConfig(), (config, key) =>
    {
        if (!Settings.TryGetValue(key.Path, out var text)) return config;
        var place = new ConfigPlace(ConfigSource.File, Name);
        return key.Apply(config, new Setting(key.Path, text, IsQuoted: false, place))
            .TryGet(out var changed, out _) ? changed : config;
    });
}

/// <summary>A market, as plain numbers.</summary>
internal sealed record StoredMarket(
    string Id, int Index, string BaseAsset, int AtomicResolution, int QuantumConversionExponent,
    long StepBaseQuantums, long SubticksPerTick, int OracleExponent, long InitialMarginPpm,
    long MaintenanceFractionPpm)
{
    /// <summary>A market without what only the venue reckons with.</summary>
    public static StoredMarket Of(Market market) => new(
        market.Id.Value, market.Index, market.BaseAsset, market.AtomicResolution,
        market.QuantumConversionExponent, market.StepBaseQuantums, market.SubticksPerTick,
        market.OracleExponent, market.InitialMarginPpm.Value, market.MaintenanceFractionPpm.Value);

    /// <summary>The market.</summary>
    public Market ToMarket() => new()
    {
        Id = new MarketId(Id),
        Index = Index,
        BaseAsset = BaseAsset,
        AtomicResolution = AtomicResolution,
        QuantumConversionExponent = QuantumConversionExponent,
        StepBaseQuantums = StepBaseQuantums,
        SubticksPerTick = SubticksPerTick,
        OracleExponent = OracleExponent,
        InitialMarginPpm = new Ppm(InitialMarginPpm),
        MaintenanceFractionPpm = new Ppm(MaintenanceFractionPpm),
    };
}

/// <summary>The generated serializer of <see cref="RunFile"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n",
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunFile))]
internal sealed partial class RunFileJson : JsonSerializerContext;

using Perpkeel.Core.Numbers;
using Perpkeel.Storage.Texts;

namespace Perpkeel.Cli.Configuration;

/// <summary>
/// Puts the configuration together: defaults, then the file, then environment variables
/// (<c>PERPKEEL_RISK__LEVERAGE=3</c>), then flags (<c>--set risk.leverage=3</c>); a later one overrides an
/// earlier one. Every value that was set is checked, also one that is overridden, and all findings come at
/// once.
/// </summary>
internal sealed class ConfigLoader
{
    /// <summary>
    /// How the environment variables begin; those without a double underscore are not for here.
    /// </summary>
    public const string EnvironmentPrefix = "PERPKEEL_";

    private const string Separator = "__";
    private const long MaxFileBytes = 1_000_000;

    private readonly List<Setting> _settings = [];
    private readonly List<ConfigFinding> _findings = [];

    private ConfigLoader()
    {
    }

    /// <summary>Reads and checks everything.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <param name="environment">The process's environment variables.</param>
    /// <param name="overrides">Flags as <c>key=value</c>, in the order of the command line.</param>
    /// <param name="named">Flags with a name of their own; overrides go before them.</param>
    public static Result<PerpkeelConfig, ConfigFindings> Load(
        string? path, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> overrides,
        IReadOnlyList<NamedFlag>? named = null)
    {
        var loader = new ConfigLoader();
        if (path is not null) loader.AddFile(path);
        loader.AddEnvironment(environment);
        foreach (var (name, key, value) in named ?? [])
        {
            var place = new ConfigPlace(ConfigSource.Flag, $"{name} {Quoted.Clean(value)}");
            loader._settings.Add(new Setting(key, value, IsQuoted: false, place));
        }

        loader.AddFlags(overrides);
        var config = loader.Apply();
        return loader._findings.Count == 0
            ? config
            : new ConfigFindings([.. loader._findings.OrderBy(finding => finding.Place)]);
    }

    private void AddFile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                AddUnreadable(path, "it has more than a million bytes");
                return;
            }

            var (settings, findings) = YamlSettings.Read(path, File.ReadAllText(path));
            _settings.AddRange(settings);
            _findings.AddRange(findings);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            AddUnreadable(path, error.Message.TrimEnd('.'));
        }
    }

    private void AddUnreadable(string path, string why) => _findings.Add(new ConfigFinding(
        new ConfigPlace(ConfigSource.File, path), "", ConfigFault.Unreadable,
        $"The file cannot be read: {why}.",
        "Name another with --config, or leave the flag out to run with the defaults."));

    private void AddEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        var order = 0;
        foreach (var (name, value) in environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)
                || !name.Contains(Separator, StringComparison.Ordinal))
            {
                continue;
            }

            var place = new ConfigPlace(ConfigSource.Environment, Quoted.WithoutControls(name), ++order);
            var path = name[EnvironmentPrefix.Length..]
                .Replace(Separator, ".", StringComparison.Ordinal)
                .Replace("_", "", StringComparison.Ordinal);
            if (ConfigTable.FindInAnyCase(path) is { } key)
            {
                _settings.Add(new Setting(key.Path, value, IsQuoted: false, place));
            }
            else
            {
                AddUnknown(place, path);
            }
        }
    }

    private void AddFlags(IReadOnlyList<string> overrides)
    {
        var order = 0;
        foreach (var flag in overrides)
        {
            var place = new ConfigPlace(ConfigSource.Flag, Quoted.Clean(flag), ++order);
            var equals = flag.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                _findings.Add(new ConfigFinding(
                    place, "", ConfigFault.Syntax, "This is no setting.",
                    "Write it as key=value: risk.leverage=3."));
                continue;
            }

            var path = flag[..equals].Trim();
            if (ConfigTable.Find(path) is not null)
            {
                _settings.Add(new Setting(path, flag[(equals + 1)..].Trim(), IsQuoted: false, place));
            }
            else
            {
                AddUnknown(place, path);
            }
        }
    }

    private void AddUnknown(ConfigPlace place, string path) => _findings.Add(new ConfigFinding(
        place, Quoted.Clean(path), ConfigFault.UnknownKey, "There is no such key.",
        KeySuggestion.For(path)));

    private PerpkeelConfig Apply()
    {
        var config = new PerpkeelConfig();
        var places = new Dictionary<string, ConfigPlace>(StringComparer.Ordinal);
        foreach (var setting in _settings)
        {
            var key = ConfigTable.Find(setting.Key)!;
            if (key.Apply(config, setting).TryGet(out var changed, out var complaint))
            {
                config = changed;
                places[setting.Key] = setting.Place;
            }
            else
            {
                _findings.Add(ConfigFinding.Of(setting.Place, setting.Key, complaint));
            }
        }

        Check(config, places);
        return config;
    }

    private void Check(PerpkeelConfig config, Dictionary<string, ConfigPlace> places)
    {
        var bad = _findings.Select(finding => finding.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var check in ConfigCheck.All)
        {
            if (check.Keys.Any(bad.Contains) || check.IsKept(config)) continue;

            // The defaults keep every rule, so at least one of the keys was set: the last one is to blame.
            var (key, place) = check.Keys.Where(places.ContainsKey)
                .Select(key => (key, places[key])).MaxBy(pair => pair.Item2);
            _findings.Add(new ConfigFinding(
                place, key, ConfigFault.Contradiction, check.What(config), check.Mend));
        }
    }
}

/// <summary>A flag that stands for one key.</summary>
/// <param name="Name">As it is typed: <c>--seed</c>.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value as it was typed.</param>
internal readonly record struct NamedFlag(string Name, string Key, string Value);

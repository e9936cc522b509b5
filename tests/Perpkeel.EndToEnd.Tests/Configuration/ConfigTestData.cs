using Perpkeel.Cli.Configuration;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.EndToEnd.Tests.Configuration;

internal static class ConfigTestData
{
    public static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>(
        StringComparer.Ordinal);

    public static Result<PerpkeelConfig, ConfigFindings> LoadText(
        string? yaml, IReadOnlyList<KeyValuePair<string, string>>? environment = null, params string[] flags)
    {
        var variables = new Dictionary<string, string>(environment ?? [], StringComparer.Ordinal);
        if (yaml is null) return ConfigLoader.Load(path: null, variables, flags);

        using var folder = new TempFolder();
        File.WriteAllText(folder.File("perpkeel.yaml"), yaml);
        var result = ConfigLoader.Load(folder.File("perpkeel.yaml"), variables, flags);
        return result.TryGet(out var config, out var findings) ? config : WithoutFolder(findings);
    }

    public static PerpkeelConfig Good(Result<PerpkeelConfig, ConfigFindings> result)
    {
        Assert.True(result.TryGet(out var config, out var findings), findings?.ToString());
        return config;
    }

    public static ConfigFindings Bad(Result<PerpkeelConfig, ConfigFindings> result)
    {
        Assert.False(result.TryGet(out _, out var findings));
        return findings;
    }

    private static ConfigFindings WithoutFolder(ConfigFindings findings) => new(
        [.. findings.All.Select(finding => finding with
        {
            Place = finding.Place with { Name = Path.GetFileName(finding.Place.Name) },
        }),]);
}

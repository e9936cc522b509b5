using System.Text.Json.Nodes;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Configuration;

/// <summary>One key: what it means, which values it takes, and where in the configuration it goes.</summary>
internal abstract class ConfigKey(string path, string description)
{
    /// <summary>Sections and name, with dots: <c>risk.leverage</c>.</summary>
    public string Path { get; } = path;

    /// <summary>What it means, with the unit, as a sentence.</summary>
    public string Description { get; } = description;

    /// <summary>Which values it takes.</summary>
    public abstract string Expected { get; }

    /// <summary>The configuration with this value in it.</summary>
    public abstract Result<PerpkeelConfig, Complaint> Apply(PerpkeelConfig config, Setting setting);

    /// <summary>The value that a configuration has, as YAML.</summary>
    public abstract string ValueIn(PerpkeelConfig config);

    /// <summary>The key's JSON schema.</summary>
    public abstract JsonObject Schema();
}

/// <summary>One key of a section.</summary>
internal sealed class ConfigKey<T>(
    string path,
    string description,
    ValueRule<T> rule,
    Func<PerpkeelConfig, T> get,
    Func<PerpkeelConfig, T, PerpkeelConfig> set) : ConfigKey(path, description)
    where T : notnull
{
    public override string Expected => rule.Expected;

    public override Result<PerpkeelConfig, Complaint> Apply(PerpkeelConfig config, Setting setting) =>
        rule.Parse(setting).TryGet(out var value, out var complaint) ? set(config, value) : complaint;

    public override string ValueIn(PerpkeelConfig config) => rule.Format(get(config));

    public override JsonObject Schema()
    {
        var schema = rule.Schema();
        schema.Insert(0, "description", Description);
        schema["default"] = rule.ToJson(get(new PerpkeelConfig()));
        return schema;
    }
}

/// <summary>One section: a name, and how its record is taken out of the configuration and put back.</summary>
internal sealed class ConfigSection<TSection>(
    string path, Func<PerpkeelConfig, TSection> get, Func<PerpkeelConfig, TSection, PerpkeelConfig> set)
{
    public ConfigKey Number(
        string name, decimal min, decimal max, string description,
        Func<TSection, decimal> read, Func<TSection, decimal, TSection> write) =>
        Key(name, description, new NumberRule<decimal>(min, max), read, write);

    public ConfigKey Whole(
        string name, int min, int max, string description,
        Func<TSection, int> read, Func<TSection, int, TSection> write) =>
        Key(name, description, new NumberRule<int>(min, max), read, write);

    public ConfigKey Key<T>(
        string name, string description, ValueRule<T> rule,
        Func<TSection, T> read, Func<TSection, T, TSection> write)
        where T : notnull =>
        new ConfigKey<T>(
            $"{path}.{name}", description, rule,
            config => read(get(config)),
            (config, value) => set(config, write(get(config), value)));
}

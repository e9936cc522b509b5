using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Perpkeel.Cli.Configuration;

/// <summary>
/// The commented configuration file and its JSON schema, both made from <see cref="ConfigTable"/>.
/// </summary>
internal static class ConfigDocuments
{
    private const int Columns = 100;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Every key with its meaning, range and default.</summary>
    public static string Yaml()
    {
        var text = new StringBuilder("# yaml-language-server: $schema=perpkeel.schema.json\n");
        Comment(
            text, 0,
            "Perpkeel's configuration. Every key stands here with its default; "
            + "leave out what you do not change. "
            + "An environment variable (PERPKEEL_RISK__LEVERAGE=3) overrides this file, and a flag "
            + "(--set risk.leverage=3) overrides both.");
        foreach (var (section, description) in ConfigTable.Sections)
        {
            var depth = section.Count(letter => letter == '.');
            if (depth == 0) text.Append('\n');
            Comment(text, depth, description);
            text.Append(' ', 2 * depth).Append(KeyPath.NameOf(section)).Append(":\n");
            foreach (var key in KeysOf(section))
            {
                Comment(text, depth + 1, $"{key.Description} [{key.Expected}]");
                text.Append(' ', 2 * (depth + 1)).Append(KeyPath.NameOf(key.Path)).Append(": ")
                    .Append(key.ValueIn(new PerpkeelConfig())).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The schema, for editors.</summary>
    public static string Schema()
    {
        var root = Section("Configuration of Perpkeel.");
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "perpkeel.yaml");
        var sections = new Dictionary<string, JsonObject>(StringComparer.Ordinal) { [""] = root };
        foreach (var (section, description) in ConfigTable.Sections)
        {
            var schema = Section(description);
            sections.Add(section, schema);
            PropertiesOf(sections[KeyPath.ParentOf(section)]).Add(KeyPath.NameOf(section), schema);
            foreach (var key in KeysOf(section))
            {
                PropertiesOf(schema).Add(KeyPath.NameOf(key.Path), key.Schema());
            }
        }

        return root.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Section(string description) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(),
    };

    private static JsonObject PropertiesOf(JsonObject section) => section["properties"]!.AsObject();

    private static IEnumerable<ConfigKey> KeysOf(string section) => ConfigTable.Keys.Where(
        key => string.Equals(KeyPath.ParentOf(key.Path), section, StringComparison.Ordinal));

    private static void Comment(StringBuilder text, int depth, string comment)
    {
        var line = new StringBuilder();
        foreach (var word in comment.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Columns - (2 * depth) - 2)
            {
                Flush();
            }

            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }

        Flush();

        void Flush()
        {
            text.Append(' ', 2 * depth).Append("# ").Append(line).Append('\n');
            line.Clear();
        }
    }
}

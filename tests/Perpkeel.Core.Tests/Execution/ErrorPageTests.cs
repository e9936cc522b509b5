using System.Reflection;
using System.Text;
using System.Xml.Linq;
using Perpkeel.Core.Execution;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Execution;

/// <summary>docs/errors.md is written from the family of errors.</summary>
[Trait("Req", "EXE-2")]
public sealed class ErrorPageTests
{
    private static readonly string Page = Path.Combine(RepositoryRoot.Find(), "docs", "errors.md");

    private static IEnumerable<Type> Kinds => typeof(TradeExecutionError).GetNestedTypes()
        .Where(type => type.IsSubclassOf(typeof(TradeExecutionError)));

    [Fact]
    public void The_page_of_errors_is_what_the_family_says()
    {
        var text = Text();
        var isUpdate = Environment.GetEnvironmentVariable("PERPKEEL_UPDATE_GOLDENS") is "1";
        if (isUpdate) File.WriteAllText(Page, text);

        Assert.Equal(text, File.ReadAllText(Page));
    }

    [Fact]
    public void Every_error_has_a_code_of_its_own_its_numbers_in_the_message_and_a_mend()
    {
        var errors = Kinds.Select(Sample).ToList();

        Assert.Equal(
            errors.Count, errors.Select(error => error.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(errors, error => Assert.NotEmpty(error.Mend));
        Assert.All(Kinds, kind => Assert.All(
            Constructor(kind).GetParameters(),
            part => Assert.Contains($"{{{part.Name}}}", Sample(kind).Message, StringComparison.Ordinal)));
        Assert.All(errors, error =>
            Assert.StartsWith(error.Code + ": ", error.ToString(), StringComparison.Ordinal));
    }

    private static string Text()
    {
        var page = new StringBuilder();
        page.Append("# Errors of signals\n\n");
        page.Append(
            "What a signal may be answered with, written from the program. The code is stable; words in\n");
        page.Append(
            "braces are the numbers of the case. \"Later\" says whether the same may pass later without\n");
        page.Append("anybody changing anything; send it under a new id then.\n\n");
        page.Append("| Code | When | Message | What to do | Later |\n|---|---|---|---|---|\n");
        foreach (var kind in Kinds.OrderBy(kind => Sample(kind).Code, StringComparer.Ordinal))
        {
            var error = Sample(kind);
            var later = error.MayPassLater ? "yes" : "no";
            page.Append($"| `{error.Code}` | {Summary(kind)} | {error.Message} | {error.Mend} | {later} |\n");
        }

        return page.ToString();
    }

    /// <summary>The error with the names of its parts in braces instead of numbers.</summary>
    private static TradeExecutionError Sample(Type kind) => (TradeExecutionError)Constructor(kind).Invoke(
        [.. Constructor(kind).GetParameters().Select(part => (object)$"{{{part.Name}}}")]);

    private static ConstructorInfo Constructor(Type kind) =>
        kind.GetConstructors().Single(made => made.GetParameters() is [{ ParameterType: var first }, ..]
            && first == typeof(string));

    private static string Summary(Type kind)
    {
        var file = Path.ChangeExtension(typeof(TradeExecutionError).Assembly.Location, ".xml");
        var name = $"T:{kind.FullName!.Replace('+', '.')}";
        var member = XDocument.Load(file).Descendants("member")
            .Single(each => string.Equals((string?)each.Attribute("name"), name, StringComparison.Ordinal));
        return string.Join(' ', member.Element("summary")!.Value.Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}

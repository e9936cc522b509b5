using Xunit;

namespace Perpkeel.Architecture.Tests.Compiled;

[Trait("Category", "Architecture")]
public sealed class PurityTests
{
    [Fact]
    [Trait("Req", "QA-1")]
    public void The_core_touches_no_world_no_task_no_clock_and_no_chance() =>
        Rule.Holds(
            "The core is functions.",
            PurityRules.Impure(Assemblies.RoomOf("Perpkeel.Core").Types()));

    [Theory]
    [InlineData("System.IO.File")]
    [InlineData("System.Threading.Tasks.Task")]
    [InlineData("System.TimeProvider")]
    [InlineData("System.IObservable`1")]
    [InlineData("System.DateTime::get_UtcNow")]
    public void What_touches_the_world_is_found(string touched) =>
        Assert.Contains(
            PurityRules.Impure(Assemblies.Samples("Impure")),
            found => found.EndsWith($"uses {touched}", StringComparison.Ordinal));

    [Fact]
    public void A_function_is_not_found() => Assert.Empty(PurityRules.Impure(Assemblies.Samples("Closed")));
}

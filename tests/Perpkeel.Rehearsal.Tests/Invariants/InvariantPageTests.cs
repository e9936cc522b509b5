using System.Text;
using Perpkeel.Rehearsal.Invariants;
using Perpkeel.Rehearsal.Plans;
using Perpkeel.Simulation.Paper.Faults;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Rehearsal.Tests.Invariants;

/// <summary>
/// The page of invariants and faults is what the program has; PERPKEEL_UPDATE_GOLDENS=1 writes it anew.
/// </summary>
[Trait("Req", "QA-1")]
public sealed class InvariantPageTests
{
    private static readonly string File = Path.Combine(RepositoryRoot.Find(), "docs", "invariants.md");

    [Fact]
    public void The_page_says_what_the_program_checks()
    {
        var page = Page();
        if (Environment.GetEnvironmentVariable("PERPKEEL_UPDATE_GOLDENS") is "1")
        {
            System.IO.File.WriteAllText(File, page);
        }

        Assert.Equal(page, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void No_two_invariants_have_one_name()
    {
        var names = InvariantList.New().Select(invariant => invariant.Name).ToList();

        Assert.Distinct(names, StringComparer.Ordinal);
        Assert.All(InvariantList.New(), invariant => Assert.NotEmpty(invariant.Words));
    }

    private static string Unit(FaultUnit unit) => unit switch
    {
        FaultUnit.Message => "a message",
        FaultUnit.Piece => "a piece",
        _ => "an hour",
    };

    private static string Page()
    {
        var page = new StringBuilder();
        page.Append("# What a simulation checks, and what goes wrong in it\n\n");
        page.Append("Written by `InvariantPageTests`; see [simulating.md](simulating.md).\n\n");
        page.Append("## Invariants\n\n| name | requirement | what must hold |\n|---|---|---|\n");
        foreach (var each in InvariantList.New())
        {
            page.Append(FormattableString.Invariant(
                $"| {each.Name} | {each.Requirement} | {each.Words} |\n"));
        }

        page.Append("\nWith `--twice` also same-seed-same-hash (QA-1), with `--apart` also users-apart ");
        page.Append("(USR-1).\n\n## Faults of the machine\n\nEach with its chance of an hour.\n\n");
        page.Append("| name | what happens |\n|---|---|\n");
        foreach (var each in MachineFault.All)
        {
            page.Append(FormattableString.Invariant($"| {each.Name} | {each.Words} |\n"));
        }

        page.Append("\n## Faults between trader and venue\n\n");
        page.Append("| name | chance of | what happens |\n|---|---|---|\n");
        foreach (var each in FaultKind.All)
        {
            page.Append(FormattableString.Invariant(
                $"| {each.Name} | {Unit(each.Unit)} | {each.Words} |\n"));
        }

        return page.ToString();
    }
}

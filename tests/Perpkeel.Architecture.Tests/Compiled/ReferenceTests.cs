using System.Xml.Linq;
using Xunit;

namespace Perpkeel.Architecture.Tests.Compiled;

[Trait("Category", "Architecture")]
public sealed class ReferenceTests
{
    private const string Samples = "Perpkeel.Architecture.Tests.Compiled.Samples";

    [Fact]
    public void A_room_uses_only_the_rooms_that_the_house_allows_it() =>
        Rule.Holds("References go one way.", Assemblies.Rooms.SelectMany(ReferenceRules.Forbidden));

    [Fact]
    public void A_reference_the_other_way_is_found()
    {
        var core = Assemblies.RoomOf("Perpkeel.Core") with
        {
            Project = XDocument.Parse(
                "<Project><ProjectReference Include=\"../X/Perpkeel.Venues.csproj\" /></Project>"),
        };
        var venues = Assemblies.RoomOf("Perpkeel.Venues") with { Name = "Perpkeel.Core" };
        var stranger = Assemblies.RoomOf("Perpkeel.Venues") with { Name = "Perpkeel.Attic" };

        Assert.Contains(
            "uses Perpkeel.Venues", Assert.Single(ReferenceRules.Forbidden(core)), StringComparison.Ordinal);
        Assert.Contains(
            "uses Perpkeel.Core", ReferenceRules.Forbidden(venues).First(), StringComparison.Ordinal);
        Assert.Contains(
            "no place", Assert.Single(ReferenceRules.Forbidden(stranger)), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_runtime_and_what_shows_it_know_Rx() =>
        Rule.Holds(
            "The port gives channels.",
            ReferenceRules.WithoutRx.Select(Assemblies.RoomOf)
                .SelectMany(room => ReferenceRules.Packages(room, ["System.Reactive"])));

    [Fact]
    public void A_room_with_Rx_is_found() =>
        Assert.NotEmpty(
            ReferenceRules.Packages(Assemblies.RoomOf("Perpkeel.Runtime"), ["System.Reactive"]));

    [Fact]
    public void Nothing_of_the_tests_is_in_the_product() =>
        Rule.Holds("The product is not its tests.", Assemblies.Rooms.SelectMany(ReferenceRules.ForTests));

    [Fact]
    public void A_test_package_is_found()
    {
        var tests = Assemblies.RoomOf("Perpkeel.Core") with { Module = Assemblies.Own };

        Assert.Contains(
            ReferenceRules.ForTests(tests),
            found => found.Contains("xunit", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_folder_of_the_core_uses_only_folders_before_it() =>
        Rule.Holds(
            "The core reads in the order in which data flows.",
            ReferenceRules.OutOfOrder(
                Assemblies.RoomOf("Perpkeel.Core").Types(), "Perpkeel.Core",
                ReferenceRules.CoreOrder));

    [Fact]
    public void A_folder_that_looks_ahead_is_found()
    {
        var types = Assemblies.Own.GetTypes().ToList();

        var found = ReferenceRules.OutOfOrder(types, Samples, ["First", "Second"]);
        var turned = ReferenceRules.OutOfOrder(types, Samples, ["Second", "First"]);

        Rule.Finds(
            found.Where(offence => offence.Contains("uses", StringComparison.Ordinal)),
            $"{Samples}.First.LooksAhead: uses {Samples}.Second.Later");
        Assert.DoesNotContain(turned, offence => offence.Contains("uses", StringComparison.Ordinal));
    }

    [Fact]
    public void A_type_outside_the_folders_is_found() =>
        Rule.Finds(
            ReferenceRules.OutOfOrder(Assemblies.Own.GetTypes(), $"{Samples}.Second", ["First"]),
            $"{Samples}.Second.Later: stands in no folder of the order");
}

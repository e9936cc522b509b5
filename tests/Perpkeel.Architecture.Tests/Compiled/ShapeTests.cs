using Xunit;

namespace Perpkeel.Architecture.Tests.Compiled;

[Trait("Category", "Architecture")]
public sealed class ShapeTests
{
    private const string Samples = "Perpkeel.Architecture.Tests.Compiled.Samples";

    [Fact]
    public void A_closed_family_is_closed() =>
        Rule.Holds("Nobody adds a case from outside.", ShapeRules.OpenFamilies(Assemblies.Types()));

    [Fact]
    public void An_open_family_is_found()
    {
        Rule.Finds(
            ShapeRules.OpenFamilies(Assemblies.Samples("Open")),
            $"{Samples}.OpenFamily/Inner: is not sealed",
            $"{Samples}.OpenFamily: its constructor is not private",
            $"{Samples}.OpenOutsider: is not nested in {Samples}.OpenFamily");
        Assert.Empty(ShapeRules.OpenFamilies(Assemblies.Samples("Closed")));
    }

    [Theory]
    [InlineData("ApprovedOrder")]
    [InlineData("ApprovedProtection")]
    [Trait("Req", "RSK-2")]
    public void Only_the_risk_gate_approves(string made)
    {
        var name = $"Perpkeel.Core.Risk.{made}";

        Rule.Holds(
            "What was not checked cannot be sent.",
            ShapeRules.MadeElsewhere(Assemblies.Types(), name, "Perpkeel.Core.Risk.RiskGate"));
        Assert.NotEmpty(ShapeRules.MadeElsewhere(Assemblies.Types(), name, "nobody"));
    }

    [Fact]
    public void A_maker_that_may_not_make_is_found() =>
        Rule.Finds(
            ShapeRules.MadeElsewhere(
                Assemblies.Samples("Impure"), $"{Samples}.ClosedFamily/Case", $"{Samples}.ClosedFamily"),
            $"{Samples}.Impure.MakeCase: makes {Samples}.ClosedFamily/Case");

    [Fact]
    [Trait("Req", "RX-5")]
    public void Streams_are_subscribed_only_where_a_session_or_a_surface_is_composed() =>
        Rule.Holds(
            "A pipeline returns what it makes.",
            ShapeRules.SubscribedOutside(Assemblies.Types(), "Perpkeel.Runtime.Sessions", "Perpkeel.Cli"));

    [Fact]
    public void A_subscription_elsewhere_is_found()
    {
        var types = Assemblies.Samples("Impure").ToList();

        Rule.Finds(ShapeRules.SubscribedOutside(types, "Perpkeel.Cli"), $"{Samples}.Impure: subscribes");
        Assert.Empty(ShapeRules.SubscribedOutside(types, "Perpkeel.Architecture"));
    }

    [Fact]
    public void Nothing_in_the_product_stands_in_for_something_else() =>
        Rule.Holds("The paper venue is a product.", ShapeRules.StandIns(Assemblies.Types()));

    [Fact]
    public void A_stand_in_is_found() =>
        Rule.Finds(ShapeRules.StandIns(Assemblies.Samples(string.Empty)), $"{Samples}.FakeVenue");

    [Fact]
    [Trait("Req", "USR-1")]
    public void No_static_can_change() =>
        Rule.Holds("Nothing is shared that moves.", StaticRules.Mutable(Assemblies.Types()));

    [Fact]
    public void Statics_that_can_change_are_found() =>
        Rule.Finds(
            StaticRules.Mutable(Assemblies.Samples("MutableStatics")),
            $"{Samples}.MutableStatics.<Property>k__BackingField: can be set again",
            $"{Samples}.MutableStatics.Array: a System.Int32[] can change",
            $"{Samples}.MutableStatics.Field: can be set again",
            $"{Samples}.MutableStatics.Holder: <Value>k__BackingField can be set again",
            $"{Samples}.MutableStatics.List: a System.Collections.Generic.List`1 can change");
}

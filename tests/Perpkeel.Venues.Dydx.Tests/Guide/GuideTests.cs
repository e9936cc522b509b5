using Perpkeel.Testing;
using Perpkeel.Testing.Chains;
using Perpkeel.Venues.Dydx.Delivery;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Tests.Delivery;
using Perpkeel.Venues.Dydx.Tests.Local;
using Perpkeel.Venues.Dydx.Tests.Orders;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Guide;

[Trait("Req", "VEN-1")]
public sealed class GuideTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_guide_shows_the_samples_and_nothing_else()
    {
        var folder = RepositoryRoot.Find();
        var source = File.ReadAllText(
            Path.Combine(folder, "tests", "Perpkeel.Venues.Dydx.Tests", "Guide", "GuideSamples.cs"));
        var guide = File.ReadAllText(Path.Combine(folder, "docs", "guides", "dydx-from-csharp.md"));

        var shown = guide.Split("```csharp\n")[1..].Select(part => part.Split("```")[0]);
        var samples = source.Split("// sample\n")[1..]
            .Select(part => Undented(part.Split("        // end")[0]));

        Assert.Equal(string.Join("---\n", samples), string.Join("---\n", shown));
    }

    [Fact]
    public void A_client_is_connected()
    {
        Assert.Equal("dydx-testnet-4", GuideSamples.Connect("testnet")!.Settings.Network.ChainId);
        Assert.Null(GuideSamples.Connect("nowhere"));
    }

    [Fact]
    public void Words_make_a_key_of_a_network()
    {
        using var world = new LocalWorld();
        var words = (string.Concat(Enumerable.Repeat("abandon ", 11)) + "about").ToCharArray();

        var key = GuideSamples.Key(words, world.Curve, DydxNetwork.Testnet)!;

        Assert.Equal("dydx19rl4cm2hmr8afy4kldpxz3fka4jguq0a4erelz", key.Key.Address.Text);
        Assert.Equal("dydx-testnet-4", key.ChainId);
        key.Key.Dispose();
    }

    [Fact]
    public async Task Orders_and_permissions_go_out()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);

        var sender = (await GuideSamples.OpenAsync(world.Client, owner, Cancellation))!;
        var hash = await GuideSamples.PlaceAsync(world.Client, sender, Cancellation);
        var stopped = await GuideSamples.StopAsync(
            sender, Samples.Btc, TestOrders.Subaccount(owner, 0), world.Chain.Time, world.BlockAsync,
            Cancellation);
        var permitted = await GuideSamples.PermitAsync(sender, world.Key(2).PublicKey, Cancellation);

        Assert.Contains(hash!, world.Chain.ShortTermTaken);
        Assert.Equal(Inclusion.Done, stopped);
        Assert.True(permitted);
        Assert.All(world.Chain.Answers, answer => Assert.Equal(Answer.Ok, answer));
    }

    [Fact]
    public async Task An_outcome_says_what_to_do()
    {
        using var world = new LocalWorld();
        var owner = world.Owner(1);
        var sender = await world.SenderAsync(owner);
        world.Nodes[0].Manners = Manners.AnswersNothing;

        var error = (await sender.SendShortTermAsync(TestOrders.ShortTerm(world, owner, 1), Cancellation))
            .Error();

        Assert.Equal(ChainOutcome.Unknown, error.Outcome);
        Assert.StartsWith("look the order up", GuideSamples.Judge(error), StringComparison.Ordinal);
    }

    private static string Undented(string text) => string.Join(
        '\n', text.Split('\n').Select(line => line.Length > 8 ? line[8..] : string.Empty));
}

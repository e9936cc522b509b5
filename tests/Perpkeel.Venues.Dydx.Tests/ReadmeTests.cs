using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Testing;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Timing;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests;

/// <summary>The package's README shows this code, word for word.</summary>
[Trait("Req", "VEN-1")]
public sealed class ReadmeTests
{
    private const string Hex = "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104";

    [Fact]
    public void The_sample_runs() => Assert.Equal(64, Sample(Hex, 61_000_000)!.Length);

    [Fact]
    public void The_README_shows_the_sample()
    {
        var folder = RepositoryRoot.Find();
        var source = File.ReadAllText(
            Path.Combine(folder, "tests", "Perpkeel.Venues.Dydx.Tests", "ReadmeTests.cs"));
        var readme = File.ReadAllText(Path.Combine(folder, "src", "Perpkeel.Venues.Dydx", "README.md"));
        var shown = readme.Split("```csharp\n")[1].Split("```")[0];

        var sample = source.Split("// sample\n")[1].Split("        // end")[0];

        var lines = sample.Split('\n').Select(line => line.Length > 8 ? line[8..] : string.Empty);
        Assert.Equal(string.Join('\n', lines), shown);
    }

    private static string? Sample(string privateKeyHex, uint height)
    {
        // sample
        using var curve = Secp256k1.Open();
        if (!KeyPair.FromHex(privateKeyHex, curve).TryGet(out var key, out var keyError))
        {
            Console.Error.WriteLine(keyError.Message);
            return null;
        }

        using var wiped = key;
        DydxSubaccount.Of(key.Address, 0).TryGet(out var subaccount, out _);
        var btc = new OrderGrid
        {
            ClobPairId = 0,
            AtomicResolution = -10,
            QuantumConversionExponent = -9,
            StepBaseQuantums = 1_000_000,
            SubticksPerTick = 100_000,
        };
        var terms = new OrderTerms
        {
            Subaccount = subaccount,
            ClientId = new ClientOrderId(4711),
            Grid = btc,
            Side = Side.Buy,
            Size = new Size(0.0003m),
        };
        new BlockWindow().Market(height).TryGet(out var goodTilBlock, out _);
        var order = new DydxOrder.Market(terms, new Price(65_000m), new Ppm(20_000), goodTilBlock);
        if (!OrderFactory.Build(order).TryGet(out var prepared, out var refused))
        {
            Console.Error.WriteLine(refused.Message);
            return null;
        }

        var context = new TxContext
        {
            ChainId = DydxNetwork.Testnet.ChainId,
            AccountNumber = 42,
            Sequence = 0,
        };
        return TxBuilder.Sign([prepared.ToMessage()], context, key).TryGet(out var tx, out _)
            ? tx.Hash
            : null;
        // end
    }
}

using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Networks;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Bench;

/// <summary>A short-term order of dYdX from decimals to the bytes of a signed transaction.</summary>
internal static class OrderBench
{
    private const string Words =
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    /// <summary>Measures with every curve there is; rates are of orders a second.</summary>
    public static void Run(int repeats)
    {
        using var platform = PlatformSecp256k1.Open();
        Measure(platform, count: 50, repeats);
        if (!NativeSecp256k1.TryOpen(out var native))
        {
            Console.WriteLine("# skipped: libsecp256k1 is not installed");
            return;
        }

        using var closed = native;
        Measure(native, count: 500, repeats);
    }

    private static void Measure(ISecp256k1 curve, int count, int repeats)
    {
        if (!Mnemonic.Parse(Words).TryGet(out var mnemonic, out _)) return;
        using var wiped = mnemonic;
        if (!KeyPair.FromMnemonic(mnemonic, 0, curve).TryGet(out var key, out _)) return;
        using var closed = key;
        var id = 0U;
        void Sign()
        {
            for (var i = 0; i < count; i++) One(key, ++id);
        }

        var seconds = new List<double>();
        for (var spent = 0d; spent < 1d;) spent += Cases.Seconds(Sign);
        for (var repeat = 0; repeat < repeats * 5; repeat++) seconds.Add(Cases.Seconds(Sign));
        seconds.Sort();
        Console.WriteLine(FormattableString.Invariant(
            $"build + sign, {curve.Name} | {count / seconds[0]:0} | {count / seconds[seconds.Count / 2]:0}"));
        Console.WriteLine(FormattableString.Invariant(
            $"# bytes allocated for an order, {curve.Name}: {Cases.Allocated(Sign) / count}"));
    }

    private static void One(KeyPair key, uint id)
    {
        DydxSubaccount.Of(key.Address, 0).TryGet(out var subaccount, out _);
        var terms = new OrderTerms
        {
            Subaccount = subaccount,
            ClientId = new ClientOrderId(id),
            Grid = new OrderGrid
            {
                ClobPairId = 0,
                AtomicResolution = -10,
                QuantumConversionExponent = -9,
                StepBaseQuantums = 1_000_000,
                SubticksPerTick = 100_000,
            },
            Side = Side.Buy,
            Size = new Size(0.0001m),
        };
        var order = new DydxOrder.ShortTerm(terms, new Price(50_000m), 100_001, TimeInForce.GoodTil);
        var context = new TxContext
        {
            ChainId = DydxNetwork.Testnet.ChainId,
            AccountNumber = 42,
            Sequence = 0,
            Authenticators = [],
        };
        if (OrderFactory.Build(order).TryGet(out var prepared, out _)
            && TxBuilder.Sign([prepared.ToMessage()], context, key).TryGet(out var tx, out _)
            && !tx.Bytes.IsEmpty)
        {
            return;
        }

        throw new InvalidOperationException("The order was refused.");
    }
}

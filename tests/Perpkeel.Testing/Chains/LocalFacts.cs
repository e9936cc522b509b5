namespace Perpkeel.Testing.Chains;

/// <summary>Answers of the local chain that never change, by method.</summary>
internal static class LocalFacts
{
    public static Dictionary<string, Func<Wire, byte[]>> Answers { get; } = new(StringComparer.Ordinal)
    {
        ["/dydxprotocol.clob.Query/BlockRateLimitConfiguration"] = _ => Wire.Of(1,
        [
            .. Wire.Of(2, Limit(1, 2)), .. Wire.Of(2, Limit(100, 20)), .. Wire.Of(4, Limit(5, 4_000)),
            .. Wire.Of(5, Limit(100, 10)),
        ]),
        ["/dydxprotocol.clob.Query/EquityTierLimitConfiguration"] = _ => Wire.Of(1,
        [
            .. Wire.Of(2, Tier([2], 0)), .. Wire.Of(2, Tier([2, 0x01, 0x31, 0x2D, 0x00], 10)),
            .. Wire.Of(2, Tier([2, 0x05, 0xF5, 0xE1, 0x00], 200)),
        ]),
        ["/dydxprotocol.clob.Query/ClobPairAll"] = asked => asked.Message(1).Bytes(1).Length == 0
            ? [.. Wire.Of(1, Pair(0, 0, 1)), .. Wire.Of(2, Wire.Of(1, [9]))]
            : Wire.Of(1, Pair(40, 41, 6)),
        ["/dydxprotocol.clob.Query/ClobPair"] = _ => Wire.Of(1, Pair(0, 0, 1)),
        ["/dydxprotocol.clob.Query/Leverage"] = _ => Wire.Of(1, [.. Wire.Of(1, 5), .. Wire.Of(2, 100_000)]),
        ["/dydxprotocol.clob.Query/StatefulOrder"] = asked => (byte[])
        [
            .. Wire.Of(1,
            [
                .. Wire.Of(1,
                [
                    .. Wire.Of(1, asked.Bytes(1)), .. Wire.Of(2, 1), .. Wire.Of(3, 3_000_000),
                    .. Wire.Of(4, 6_500_000_000), .. Wire.Fixed(6, 1_800_000_000),
                ]),
                .. Wire.Of(2, Wire.Of(1, 990)),
            ]),
            .. Wire.Of(2, 1_000_000), .. Wire.Of(3, 1),
        ],
        ["/dydxprotocol.feetiers.Query/PerpetualFeeParams"] = _ => Wire.Of(1,
            [.. Wire.Of(1, Fee("1", 0, 100, 500)), .. Wire.Of(1, Fee("9", 200_000_000_000_000, -110, 250))]),
        ["/dydxprotocol.feetiers.Query/UserFeeTier"] = _ => Wire.Of(2, Fee("1", 0, 100, 500)),
        ["/dydxprotocol.revshare.Query/OrderRouterRevShare"] = _ => Wire.Of(1, Wire.Of(2, 500_000)),
        ["/dydxprotocol.subaccounts.Query/Subaccount"] = _ => Wire.Of(1,
        [
            .. Wire.Of(2, Wire.Of(2, [2, 0x05, 0xF5, 0xE1, 0x00])),
            .. Wire.Of(3,
            [
                .. Wire.Of(1, 0), .. Wire.Of(2, [3, 0x2D]), .. Wire.Of(3, [2]), .. Wire.Of(4, [2, 7]),
            ]),
        ]),
        ["/dydxprotocol.subaccounts.Query/GetWithdrawalAndTransfersBlockedInfo"] = _ =>
            [.. Wire.Of(1, 900), .. Wire.Of(3, 950)],
        ["/dydxprotocol.perpetuals.Query/AllPerpetuals"] = _ => (byte[])
            [.. Wire.Of(1, Perpetual(0, "BTC-USD", -10, 1)), .. Wire.Of(1, Perpetual(41, "NEW-USD", 1, 2))],
        ["/dydxprotocol.perpetuals.Query/AllLiquidityTiers"] = _ => Wire.Of(1,
        [
            .. Wire.Of(2, "Large-Cap"), .. Wire.Of(3, 20_000), .. Wire.Of(4, 600_000),
            .. Wire.Of(8, 5_000_000_000_000),
        ]),
        ["/dydxprotocol.prices.Query/AllMarketPrices"] = _ => Wire.Of(1, Price()),
        ["/dydxprotocol.prices.Query/MarketPrice"] = _ => Wire.Of(1, Price()),
        ["/dydxprotocol.accountplus.Query/AccountState"] = _ => Wire.Of(1,
            Wire.Of(2, [.. Wire.Of(1, [0x85, 0x80, 0x80, 0x80, 0x80, 0x20]), .. Wire.Of(2, 3)])),
        ["/dydxprotocol.accountplus.Query/Params"] = _ => Wire.Of(1, Wire.Of(1, 1)),
        ["/cosmos.bank.v1beta1.Query/Balance"] = _ => Wire.Of(1, Coin(LocalChain.Usdc, "1500000")),
        ["/cosmos.bank.v1beta1.Query/AllBalances"] = _ => Wire.Of(1, Coin(LocalChain.Usdc, "1500000")),
        ["/cosmos.base.tendermint.v1beta1.Service/GetNodeInfo"] = _ => Wire.Of(2,
            [.. Wire.Of(2, "dydxprotocold"), .. Wire.Of(3, "9.6.0"), .. Wire.Of(8, "v0.50.6")]),
        ["/cosmos.base.tendermint.v1beta1.Service/GetSyncing"] = _ => [],
        ["/cosmos.base.node.v1beta1.Service/Config"] = _ => Wire.Of(1, "0.025" + LocalChain.Usdc),
    };

    private static byte[] Limit(ulong blocks, ulong most) => [.. Wire.Of(1, blocks), .. Wire.Of(2, most)];

    private static byte[] Tier(byte[] usd, ulong most) => [.. Wire.Of(1, usd), .. Wire.Of(2, most)];

    private static byte[] Pair(ulong id, ulong perpetual, ulong status) =>
    [
        .. Wire.Of(1, id), .. Wire.Of(2, Wire.Of(1, perpetual)), .. Wire.Of(4, 1_000_000),
        .. Wire.Of(5, 100_000), .. Wire.Signed(6, -9), .. Wire.Of(7, status),
    ];

    private static byte[] Fee(string name, ulong volume, int maker, int taker) =>
    [
        .. Wire.Of(1, name), .. Wire.Of(2, volume), .. Wire.Signed(5, maker), .. Wire.Signed(6, taker),
    ];

    private static byte[] Perpetual(ulong id, string ticker, int resolution, ulong kind) =>
    [
        .. Wire.Of(1,
        [
            .. Wire.Of(1, id), .. Wire.Of(2, ticker), .. Wire.Of(3, id), .. Wire.Signed(4, resolution),
            .. Wire.Of(7, kind),
        ]),
        .. Wire.Of(2, [3, 5]), .. Wire.Of(3, [2, 1, 0]),
    ];

    private static byte[] Price() => [.. Wire.Signed(2, -5), .. Wire.Of(3, 6_500_012_345)];

    private static byte[] Coin(string denom, string amount) => [.. Wire.Of(1, denom), .. Wire.Of(2, amount)];
}

namespace Perpkeel.Venues.Dydx.Networks;

/// <summary>A chain that speaks dYdX v4: what signatures and fees need to know of it.</summary>
/// <param name="Name">How settings call it.</param>
/// <param name="ChainId">The chain's id, which every signature covers.</param>
/// <param name="NativeDenom">The gas coin, 18 decimals.</param>
/// <param name="UsdcDenom">USDC on this chain, 6 decimals; the full name, which fees must carry.</param>
public sealed record DydxNetwork(string Name, string ChainId, string NativeDenom, string UsdcDenom)
{
    private const string Usdc = "ibc/8E27BA2D5493AF5636760E354E46004562C46AB7EC0CC4C1CA14E9E20E2545B5";

    /// <summary>The main network: real money.</summary>
    public static DydxNetwork Mainnet { get; } = new("mainnet", "dydx-mainnet-1", "adydx", Usdc);

    /// <summary>The public test network.</summary>
    public static DydxNetwork Testnet { get; } = new("testnet", "dydx-testnet-4", "adv4tnt", Usdc);

    /// <summary>A chain on this machine.</summary>
    public static DydxNetwork Local { get; } = new("local", "localdydxprotocol", "adv4tnt", Usdc);
}

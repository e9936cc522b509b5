using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>A market with its clob pair, which has the market's number.</summary>
internal sealed record VenueMarket
{
    /// <summary>The least price change in the markets that the venue lists, in millionths.</summary>
    public const long UsualLeastChangePpm = 1_000;

    /// <summary>Its rules.</summary>
    public required Market Market { get; init; }

    /// <summary>What is added to every hour's premium, for eight hours.</summary>
    public Ppm DefaultFunding { get; init; }

    /// <summary>The least change of the oracle price that is worth an update.</summary>
    public Ppm LeastPriceChange { get; init; } = new(UsualLeastChangePpm);

    /// <summary>What may be done in it at first.</summary>
    public ClobPairStatus Status { get; init; } = ClobPairStatus.Active;
}

/// <summary>What governance set.</summary>
internal sealed record VenueParameters
{
    /// <summary>About money.</summary>
    public LedgerParameters Ledger { get; init; } = new();

    /// <summary>About orders.</summary>
    public OrderParameters Orders { get; init; } = new();
}

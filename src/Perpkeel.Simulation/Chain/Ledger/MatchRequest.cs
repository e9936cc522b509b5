using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>A fill that a book proposes, at the maker's price.</summary>
internal readonly record struct MatchRequest
{
    /// <summary>Index of the taker's subaccount; of the liquidated one in a liquidation.</summary>
    public required int Taker { get; init; }

    /// <summary>Index of the maker's subaccount; not the taker's.</summary>
    public required int Maker { get; init; }

    /// <summary>Index of the market.</summary>
    public required int Market { get; init; }

    /// <summary>The taker's side.</summary>
    public required Side Side { get; init; }

    /// <summary>The price, in subticks; positive.</summary>
    public required long Subticks { get; init; }

    /// <summary>How much, in base quantums; positive.</summary>
    public required long Quantums { get; init; }

    /// <summary>What the taker is charged of the fill's worth; not read in a liquidation.</summary>
    public Ppm TakerFee { get; init; }

    /// <summary>What the maker is charged of the fill's worth; negative is a rebate.</summary>
    public Ppm MakerFee { get; init; }

    /// <summary>The taker's builder; default for none.</summary>
    public BuilderCode TakerBuilder { get; init; }

    /// <summary>The maker's builder; default for none.</summary>
    public BuilderCode MakerBuilder { get; init; }
}

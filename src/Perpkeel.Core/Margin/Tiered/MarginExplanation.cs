using System.Collections.Immutable;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>Where the figures of one position come from, step by step.</summary>
public sealed record MarginExplanation
{
    /// <summary>The venue's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>The version of its tiers, see <see cref="TierConfiguration.Version"/>.</summary>
    public required string TierVersion { get; init; }

    /// <summary>The position.</summary>
    public required MarginPosition Position { get; init; }

    /// <summary>
    /// Its figures; the tier by mark price and the tier by liquidation price are among them.
    /// </summary>
    public required MarginResult Result { get; init; }

    /// <summary>What the figures are made of, in the order in which they follow from each other.</summary>
    public required ImmutableArray<MarginTerm> Terms { get; init; }

    /// <summary>
    /// For each tier the price at which equity would equal maintenance by its line alone. The highest is the
    /// liquidation price of a long, the lowest that of a short.
    /// </summary>
    public required ImmutableArray<TierCandidate> Candidates { get; init; }

    /// <summary>The same as lines of text.</summary>
    public ImmutableArray<string> Lines => ExplanationText.Of(this);

    /// <summary>Works a position out and keeps the steps.</summary>
    /// <param name="configuration">The tiers of its symbol.</param>
    /// <param name="position">The position.</param>
    /// <exception cref="ArgumentException">The position is <c>default</c>.</exception>
    public static MarginExplanation Explain(TierConfiguration configuration, in MarginPosition position)
    {
        var result = MarginCalculator.Calculate(configuration.Table, position);
        var size = Ratio.Of(Math.Abs(position.Size));
        var cost = size * Ratio.Of(position.EntryPrice);
        var money = position.Collateral;
        var equity = Ratio.Of(money.Wallet) + Ratio.Of(money.OtherUnrealizedPnl);
        var collateral = equity - Ratio.Of(money.OtherMaintenance);
        var isLong = position.Size > 0m;
        var worth = isLong ? cost - collateral : cost + collateral;
        return new MarginExplanation
        {
            Symbol = configuration.Symbol,
            TierVersion = configuration.Version,
            Position = position,
            Result = result,
            Terms =
            [
                new("notional", "size x mark", result.Notional),
                new("maintenance", "notional x rate - amount", result.Maintenance),
                new("initial", "notional / leverage", result.Initial),
                new("cost", "size x entry", cost.RoundToNearest()),
                new("profit", isLong ? "notional - cost" : "cost - notional", result.UnrealizedPnl),
                new("balance", "wallet + profit of others + profit", result.MarginBalance),
                new("required", "maintenance + maintenance of others", result.TotalMaintenance),
                new(
                    "collateral", "wallet + profit of others - maintenance of others",
                    collateral.RoundToNearest()),
                isLong
                    ? new("debt", "cost - collateral", worth.RoundToNearest())
                    : new("worth", "cost + collateral", worth.RoundToNearest()),
            ],
            Candidates = [.. configuration.Table.Tiers.Select(
                tier => Candidate(tier, size, worth, isLong, result.LiquidationTier))],
        };
    }

    private static TierCandidate Candidate(
        MarginTier tier, Ratio size, Ratio worth, bool isLong, int liquidationTier)
    {
        var (rate, amount) = (Ratio.Of(tier.Rate), Ratio.Of(tier.Amount));
        var price = isLong
            ? (worth - amount) / (size * (Ratio.Of(1m) - rate))
            : (worth + amount) / (size * (Ratio.Of(1m) + rate));
        return new TierCandidate(
            tier, price.TryRoundToNearest(out var rounded) ? rounded : null, tier.Number == liquidationTier);
    }
}

/// <summary>One step of an explanation.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Formula">What it is made of, in these names.</param>
/// <param name="Value">Its value in the quote asset.</param>
public readonly record struct MarginTerm(string Name, string Formula, decimal Value);

/// <summary>The price at which equity would equal maintenance if one tier's line held everywhere.</summary>
/// <param name="Tier">The tier.</param>
/// <param name="Price">
/// The price; zero or negative where no price does it, null when it has more digits than a decimal holds.
/// </param>
/// <param name="Binds">Whether it is the liquidation price: the notional there lies in this tier.</param>
public readonly record struct TierCandidate(MarginTier Tier, decimal? Price, bool Binds);

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiers;

/// <summary>
/// A checked table of tiers, sorted by floor, without gaps, with rates that rise, leverages that fall and
/// maintenance amounts that leave no step. Immutable; symbols with equal rows may share one.
/// </summary>
public sealed class TierTable
{
    private readonly TierLine[] _lines;
    private readonly Landmarks _caps;
    private readonly Landmarks _leverages;
    private readonly Landmarks _longFloors;
    private readonly Landmarks _shortFloors;

    private TierTable(ImmutableArray<MarginTier> tiers)
    {
        Tiers = tiers;
        _lines = [.. tiers.Select(tier => new TierLine(tier))];
        _caps = new Landmarks(tiers.Take(tiers.Length - 1).Select(tier => tier.Cap));
        _leverages = new Landmarks(tiers.Select(tier => tier.MaxLeverage.Value));
        _longFloors = new Landmarks(tiers.Skip(1).Select(tier => tier.Floor - MarginAtFloor(tier)));
        _shortFloors = new Landmarks(tiers.Skip(1).Select(tier => tier.Floor + MarginAtFloor(tier)));
        Fingerprint = FingerprintOf(tiers);
    }

    /// <summary>The tiers from the lowest floor up; never empty.</summary>
    public ImmutableArray<MarginTier> Tiers { get; }

    /// <summary>SHA-256 over the rows, in lower-case hex: equal exactly when all rows are equal.</summary>
    public string Fingerprint { get; }

    /// <summary>Notional at which the last tier ends.</summary>
    public decimal LastCap => Tiers[^1].Cap;

    /// <summary>The rows as the calculator reads them.</summary>
    internal ReadOnlySpan<TierLine> Lines => _lines;

    /// <summary>
    /// Sorts the tiers by floor, derives the maintenance amounts that were left out and checks everything.
    /// </summary>
    /// <param name="symbol">Whose table it is; for the refusal.</param>
    /// <param name="drafts">The tiers in any order.</param>
    public static Result<TierTable, TierRefusal> Create(string symbol, IReadOnlyList<TierDraft> drafts)
    {
        TierDraft[] sorted =
            [.. drafts.OrderBy(tier => tier.Floor).ThenBy(tier => tier.Cap).ThenBy(tier => tier.Rate)];
        var (findings, amounts) = TierValidation.Check(sorted);
        if (findings.Count > 0) return new TierRefusal(symbol, findings);
        return new TierTable([.. sorted.Select((draft, i) => new MarginTier
        {
            Number = i + 1,
            Floor = draft.Floor,
            Cap = draft.Cap,
            Rate = draft.Rate,
            Amount = amounts[i],
            MaxLeverage = new Leverage(draft.MaxLeverage),
        })]);
    }

    /// <summary>
    /// The tier of a notional: floor &lt; notional &lt;= cap; the first also for zero, the last also beyond
    /// its cap, and then it says so.
    /// </summary>
    /// <param name="notional">In the quote asset, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The notional is negative.</exception>
    public TierLabel TierFor(decimal notional)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(notional);
        return new TierLabel(Tiers[IndexFor(notional)], notional > LastCap);
    }

    /// <summary>
    /// The largest notional that may be held at a leverage: the cap of the last tier that allows it; zero
    /// when even the first does not.
    /// </summary>
    /// <remarks>Source: the exchanges' <c>maxNotionalValue</c> in the answer to a leverage change.</remarks>
    public decimal MaxNotionalAt(Leverage leverage)
    {
        var allowed = Tiers.Length - _leverages.CountBelow(
            leverage.Value, ScaledInteger.Of(leverage.Value).Estimate);
        return allowed == 0 ? 0m : Tiers[allowed - 1].Cap;
    }

    /// <summary>Position of a notional's tier in <see cref="Lines"/>.</summary>
    internal int IndexFor(decimal notional) => IndexFor(notional, (double)notional);

    /// <summary>The same, for a notional of which a double is at hand.</summary>
    internal int IndexFor(decimal notional, double estimate) => _caps.CountBelow(notional, estimate);

    /// <summary>
    /// Position in <see cref="Lines"/> of the tier in which a position is liquidated.
    /// </summary>
    /// <remarks>
    /// With A = size x entry - collateral, a long is liquidated at the notional N where N - MM(N) = A; with
    /// B = size x entry + collateral, a short where N + MM(N) = B. Both left sides rise with N, so that the
    /// tier of the liquidation notional is found by comparing A or B with their values at the floors, without
    /// a division. Proof in <c>docs/math/margin.md</c>.
    /// </remarks>
    /// <param name="isLong">Which way the position goes.</param>
    /// <param name="debt">A or B, above zero.</param>
    /// <param name="estimate">The same as a double.</param>
    internal int LiquidationIndexFor(bool isLong, decimal debt, double estimate) =>
        (isLong ? _longFloors : _shortFloors).CountBelow(debt, estimate);

    /// <summary>Whether a notional at a position in <see cref="Lines"/> is beyond the last cap.</summary>
    internal bool IsBeyondLastCap(decimal notional, int index) =>
        index == _lines.Length - 1 && notional > LastCap;

    private static decimal MarginAtFloor(MarginTier tier) => (tier.Floor * tier.Rate) - tier.Amount;

    private static string FingerprintOf(ImmutableArray<MarginTier> tiers)
    {
        var text = new StringBuilder();
        foreach (var tier in tiers)
        {
            text.Append(Decimals.Text(tier.Floor)).Append('|').Append(Decimals.Text(tier.Cap)).Append('|')
                .Append(Decimals.Text(tier.Rate)).Append('|').Append(Decimals.Text(tier.Amount)).Append('|')
                .Append(Decimals.Text(tier.MaxLeverage.Value)).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>The tier of a notional, and whether the table really reaches that far.</summary>
/// <param name="Tier">The tier; the last one beyond the last cap.</param>
/// <param name="IsBeyondLastCap">
/// Whether the notional lies above the last cap: margin goes on by the last tier, new orders are refused.
/// </param>
public readonly record struct TierLabel(MarginTier Tier, bool IsBeyondLastCap);

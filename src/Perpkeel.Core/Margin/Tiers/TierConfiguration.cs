using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiers;

/// <summary>The tiers of one symbol, as one version of a source gives them.</summary>
public sealed record TierConfiguration
{
    /// <summary>
    /// The venue's name of the contract, compared letter by letter; any script is possible.
    /// </summary>
    public required string Symbol { get; init; }

    /// <summary>Where the tiers come from.</summary>
    public required TierSource Source { get; init; }

    /// <summary>The rows.</summary>
    public required TierTable Table { get; init; }

    /// <summary>What amounts are counted in, e.g. <c>USDT</c>; null where it is not said.</summary>
    public string? QuoteAsset { get; init; }

    /// <summary>Short name of the version, e.g. <c>binance 2026-07-02 (3fa9c1d204be)</c>.</summary>
    public string Version => $"{Source} ({Table.Fingerprint[..12]})";

    /// <summary>Checks the tiers and makes them a configuration.</summary>
    /// <param name="symbol">The venue's name of the contract.</param>
    /// <param name="source">Where the tiers come from.</param>
    /// <param name="drafts">The tiers in any order.</param>
    public static Result<TierConfiguration, TierRefusal> Create(
        string symbol, TierSource source, IReadOnlyList<TierDraft> drafts)
    {
        if (!TierTable.Create(symbol, drafts).TryGet(out var table, out var refusal)) return refusal;
        return new TierConfiguration { Symbol = symbol, Source = source, Table = table };
    }

    /// <summary>The tier of a notional; see <see cref="TierTable.TierFor"/>.</summary>
    public TierLabel TierFor(decimal notional) => Table.TierFor(notional);
}

/// <summary>Where tiers come from, and as of when.</summary>
/// <param name="Name">The venue or the file, e.g. <c>binance</c>.</param>
/// <param name="AsOf">The day on which the source gave them; null when that is not known.</param>
public sealed record TierSource(string Name, DateOnly? AsOf)
{
    /// <inheritdoc/>
    public override string ToString() => AsOf is { } day ? $"{Name} {day:yyyy-MM-dd}" : Name;
}

namespace Perpkeel.Core.Margin.Tiers;

/// <summary>A tier as somebody wrote it down, before anything was checked.</summary>
public sealed record TierDraft
{
    /// <summary>Notional above which it begins.</summary>
    public required decimal Floor { get; init; }

    /// <summary>Notional at which it ends.</summary>
    public required decimal Cap { get; init; }

    /// <summary>Maintenance margin rate as a fraction.</summary>
    public required decimal Rate { get; init; }

    /// <summary>Maintenance amount; derived where it is left out, checked where it is given.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Greatest leverage.</summary>
    public required decimal MaxLeverage { get; init; }

    /// <summary>Where it was read, e.g. <c>tiers.yaml:14</c>; for messages only.</summary>
    public string? Place { get; init; }
}

using Perpkeel.Core.Risk;

namespace Perpkeel.Cli.Accounts.Sizing;

/// <summary>One limit of a size.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Quantity">The size that it allows; for min-order and step: that it demands.</param>
/// <param name="Value">What it was reckoned from.</param>
/// <param name="IsBinding">Whether it is the one that decides.</param>
internal sealed record SizeLimit(string Name, string Quantity, string Value, bool IsBinding);

/// <summary>What <c>perpkeel size</c> tells. Amounts are exact texts.</summary>
internal sealed record SizeAnswer
{
    /// <summary>Whose account, and as of when.</summary>
    public required AnswerHead Head { get; init; }

    /// <summary>Which market.</summary>
    public required string Market { get; init; }

    /// <summary>buy or sell.</summary>
    public required string Side { get; init; }

    /// <summary>Price of the entry.</summary>
    public required string Entry { get; init; }

    /// <summary>Where that price is from: given, ask, bid.</summary>
    public required string EntryFrom { get; init; }

    /// <summary>Price of the stop, on the market's grid.</summary>
    public required string Stop { get; init; }

    /// <summary>Where the target would be.</summary>
    public required string? Target { get; init; }

    /// <summary>Collateral that is free.</summary>
    public required string Available { get; init; }

    /// <summary>The size; 0 where nothing can be traded.</summary>
    public required string Quantity { get; init; }

    /// <summary>The size at the entry price.</summary>
    public required string Notional { get; init; }

    /// <summary>What the stop would cost, fees left out.</summary>
    public required string AtRisk { get; init; }

    /// <summary>Collateral that would be set aside.</summary>
    public required string Reserved { get; init; }

    /// <summary>The limit that binds, or why the size is 0.</summary>
    public required string Reason { get; init; }

    /// <summary>Every limit that was considered.</summary>
    public required IReadOnlyList<SizeLimit> Limits { get; init; }

    /// <summary>The rule that would refuse an entry now; null for none, or where nothing runs.</summary>
    public required RiskRefusal? Refusal { get; init; }

    /// <summary>What else is to be known.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Accounts;

/// <summary>
/// What an account has, as it was known at one instant. The total is always what is available plus what is
/// locked. What is available may be negative, when losses exceed the free collateral, and is never clamped.
/// </summary>
public sealed record BalanceInfo
{
    /// <summary>Takes the three amounts and the instant at which they were true.</summary>
    /// <exception cref="ArgumentException">The total is not the sum of available and locked.</exception>
    public BalanceInfo(Usd total, Usd available, Usd locked, DateTimeOffset asOf)
    {
        if (!AddsUp(total, available, locked))
        {
            throw new ArgumentException(
                new BalanceFault.DoesNotAddUp(total, available, locked).Message, nameof(total));
        }

        Total = total;
        Available = available;
        Locked = locked;
        AsOf = asOf;
    }

    /// <summary>All of it, in USD.</summary>
    public Usd Total { get; }

    /// <summary>What new orders may use, in USD; negative when losses exceed the free collateral.</summary>
    public Usd Available { get; }

    /// <summary>What positions and orders hold, in USD.</summary>
    public Usd Locked { get; }

    /// <summary>When this was true.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>A valid balance from what a venue reports, or what is wrong with the report.</summary>
    public static Result<BalanceInfo, BalanceFault> From(
        Usd total, Usd available, Usd locked, DateTimeOffset asOf) =>
        AddsUp(total, available, locked)
            ? new BalanceInfo(total, available, locked, asOf).Validate()
            : new BalanceFault.DoesNotAddUp(total, available, locked);

    /// <summary>
    /// This balance if it makes sense; otherwise <see cref="BalanceFault.NegativeLocked"/> or
    /// <see cref="BalanceFault.NoTimestamp"/>. The sum needs no check: no other balance can be made.
    /// </summary>
    public Result<BalanceInfo, BalanceFault> Validate()
    {
        if (Locked < Usd.Zero) return new BalanceFault.NegativeLocked(Locked);
        if (AsOf == default) return new BalanceFault.NoTimestamp();
        return this;
    }

    /// <summary>
    /// Whether it is younger than <paramref name="timeToLive"/>. One that claims to be from that far ahead is
    /// not fresh either: a wrong clock must not keep it forever.
    /// </summary>
    public bool IsFresh(TimeSpan timeToLive, DateTimeOffset now) => (now - AsOf).Duration() < timeToLive;

    private static bool AddsUp(Usd total, Usd available, Usd locked) => total == available + locked;
}

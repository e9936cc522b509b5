using System.Globalization;

namespace Perpkeel.Venues;

/// <summary>
/// Why a venue did not confirm an account. A closed family; nothing was changed at the venue. No case holds
/// a key or a token.
/// </summary>
public abstract record AccountError
{
    private AccountError()
    {
    }

    /// <summary>Stable name of the case.</summary>
    public abstract string Code { get; }

    /// <summary>What happened, with the numbers.</summary>
    public abstract string Message { get; }

    /// <summary>What to do.</summary>
    public abstract string Mend { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Code}: {Message} {Mend}";

    /// <summary>The venue does not let us see the account. Asking again does not help.</summary>
    /// <param name="Account">The account, as the venue is asked for it.</param>
    /// <param name="Reason">The venue's own words.</param>
    public sealed record NotAuthenticated(string Account, string Reason) : AccountError
    {
        /// <inheritdoc/>
        public override string Code => "account-not-authenticated";

        /// <inheritdoc/>
        public override string Message => $"The venue does not show {Account}: {Reason}.";

        /// <inheritdoc/>
        public override string Mend =>
            "Check that the key is that of the account and of the network, and that it was not revoked.";
    }

    /// <summary>The venue was not reached, or no answer came in time.</summary>
    /// <param name="Endpoint">Who was asked.</param>
    /// <param name="Reason">What happened.</param>
    public sealed record Network(string Endpoint, string Reason) : AccountError
    {
        /// <inheritdoc/>
        public override string Code => "account-network";

        /// <inheritdoc/>
        public override string Message => $"{Endpoint} was not reached: {Reason}.";

        /// <inheritdoc/>
        public override string Mend => "Check the connection and the endpoint; then ask again.";

        /// <summary>No answer came in time.</summary>
        public static Network NoAnswer(string endpoint, TimeSpan waited) =>
            new(endpoint, $"no answer in {Seconds(waited)}");
    }

    /// <summary>We have asked too often.</summary>
    /// <param name="RetryAfter">When the venue lets us ask again, if it said so.</param>
    public sealed record RateLimited(TimeSpan? RetryAfter) : AccountError
    {
        /// <inheritdoc/>
        public override string Code => "account-rate-limited";

        /// <inheritdoc/>
        public override string Message => RetryAfter is { } wait
            ? $"The venue asks for patience: {Seconds(wait)}."
            : "The venue asks for patience and does not say for how long.";

        /// <inheritdoc/>
        public override string Mend => RetryAfter is { } wait
            ? $"Ask again after {Seconds(wait)}; if it comes often, keep balances for longer."
            : "Ask again after some seconds; if it comes often, keep balances for longer.";
    }

    /// <summary>The venue was reached and cannot answer.</summary>
    /// <param name="Status">Its status, e.g. 503; 0 where there is none.</param>
    /// <param name="Reason">Its own words.</param>
    public sealed record VenueDown(int Status, string Reason) : AccountError
    {
        /// <inheritdoc/>
        public override string Code => "account-venue-down";

        /// <inheritdoc/>
        public override string Message => Status == 0
            ? $"The venue cannot answer: {Reason}."
            : string.Create(CultureInfo.InvariantCulture, $"The venue cannot answer: {Status}, {Reason}.");

        /// <inheritdoc/>
        public override string Mend => "Wait until the venue is back; its status page tells since when.";
    }

    /// <summary>The venue answered, and the answer makes no sense.</summary>
    /// <param name="Field">What of it.</param>
    /// <param name="Reason">What is wrong with it.</param>
    public sealed record Malformed(string Field, string Reason) : AccountError
    {
        /// <inheritdoc/>
        public override string Code => "account-malformed";

        /// <inheritdoc/>
        public override string Message => $"The venue's answer makes no sense at {Field}: {Reason}";

        /// <inheritdoc/>
        public override string Mend =>
            "Nothing is reckoned with it. If it stays so, the venue has changed its answers: look for a "
            + "newer version.";
    }

    /// <summary>
    /// The venue answered, but with a state that is too old to confirm anything, or from the future.
    /// </summary>
    /// <param name="AsOf">When the venue says that it was so.</param>
    /// <param name="NeededFrom">From when on it would have confirmed.</param>
    /// <param name="Now">Our time.</param>
    public sealed record OutOfDate(DateTimeOffset AsOf, DateTimeOffset NeededFrom, DateTimeOffset Now)
        : AccountError
    {
        /// <inheritdoc/>
        public override string Code => "account-out-of-date";

        /// <inheritdoc/>
        public override string Message => IsAhead
            ? $"The venue's answer is of {Time(AsOf)}, {Seconds(AsOf - Now)} ahead of our clock."
            : $"The venue's answer is of {Time(AsOf)}; one of {Time(NeededFrom)} or later is needed, and it "
                + $"is {Time(Now)}.";

        /// <inheritdoc/>
        public override string Mend => IsAhead
            ? "Set the clock of this machine by a time server."
            : "Ask again: the venue's view of accounts is behind, or stands still with its chain.";

        private bool IsAhead => AsOf > Now && AsOf > NeededFrom;
    }

    private static string Seconds(TimeSpan span) => string.Create(
        CultureInfo.InvariantCulture, $"{span.TotalMilliseconds / 1_000d:0.###} s");

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

namespace Perpkeel.Core.Execution;

/// <content>What the venue, or the way to it, does not give.</content>
public abstract partial record TradeExecutionError
{
    /// <summary>The venue did not confirm the balance.</summary>
    /// <param name="Kind">What kind of failure it was, a stable name.</param>
    /// <param name="Detail">What was told of it.</param>
    public sealed record BalanceFetchFailed(string Kind, string Detail) : TradeExecutionError
    {
        internal const string Name = "balance-fetch-failed";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"The balance was not confirmed: {Kind}, {Detail}";

        /// <inheritdoc/>
        public override string Mend =>
            "Nothing was sent. Send the signal again under a new id when the venue answers; `perpkeel "
            + "balance` asks it.";

        /// <inheritdoc/>
        public override bool MayPassLater => true;
    }

    /// <summary>The leverage could not be reckoned.</summary>
    /// <param name="Kind">What kind of failure it was, a stable name.</param>
    /// <param name="Detail">What was told of it.</param>
    public sealed record LeverageCalculationFailed(string Kind, string Detail) : TradeExecutionError
    {
        internal const string Name = "leverage-calculation-failed";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"The leverage was not reckoned: {Kind}, {Detail}";

        /// <inheritdoc/>
        public override string Mend =>
            "Nothing was sent. Send the signal again under a new id when the venue answers; `perpkeel "
            + "leverage` tries it.";

        /// <inheritdoc/>
        public override bool MayPassLater => true;
    }

    /// <summary>Prices are missing, crossed or too old.</summary>
    /// <param name="Limit">The greatest age.</param>
    /// <param name="Actual">The quality and the age.</param>
    public sealed record StaleData(string Limit, string Actual) : TradeExecutionError
    {
        internal const string Name = "stale-data";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"Prices: {Actual}; the limit is {Limit}.";

        /// <inheritdoc/>
        public override string Mend => "Wait for fresh prices; if they stay away, look at the market feed.";

        /// <inheritdoc/>
        public override bool MayPassLater => true;
    }

    /// <summary>The venue refused the order.</summary>
    /// <param name="VenueCode">The venue's own code.</param>
    /// <param name="VenueMessage">The venue's own words.</param>
    public sealed record OrderRejected(string VenueCode, string VenueMessage) : TradeExecutionError
    {
        internal const string Name = "order-rejected";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"The venue refused the order: {VenueCode} {VenueMessage}";

        /// <inheritdoc/>
        public override string Mend =>
            "Nothing of it is at the venue. Look the code up in the venue's list, mend the cause, and "
            + "send a new signal.";
    }

    /// <summary>Nobody knows yet what became of an order.</summary>
    /// <param name="Order">Which order, or how many.</param>
    /// <param name="Since">Since when.</param>
    public sealed record OutcomeUnknown(string Order, string Since) : TradeExecutionError
    {
        internal const string Name = "outcome-unknown";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"What became of {Order} is not known yet, since {Since}.";

        /// <inheritdoc/>
        public override string Mend =>
            "Do not send it again under a new id: it is being looked up, and its reservation stays "
            + "until the proof. Ask again with the same id.";

        /// <inheritdoc/>
        public override bool MayPassLater => true;
    }

    /// <summary>The venue does not take the credential.</summary>
    /// <param name="Detail">What was told of it.</param>
    public sealed record CredentialRefused(string Detail) : TradeExecutionError
    {
        internal const string Name = "credential-refused";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"The credential was refused: {Detail}";

        /// <inheritdoc/>
        public override string Mend =>
            "Check that the key is registered, not expired, and permitted for this subaccount and "
            + "market.";
    }

    /// <summary>The way to the venue is closed after failures in a row.</summary>
    /// <param name="Endpoint">Which kind of call.</param>
    /// <param name="Detail">Since when, and when it is tried again.</param>
    public sealed record VenueUnavailable(string Endpoint, string Detail) : TradeExecutionError
    {
        internal const string Name = "venue-unavailable";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"No {Endpoint} now: {Detail}";

        /// <inheritdoc/>
        public override string Mend =>
            "Nothing was sent. The breaker tries again by itself; protection and cancels go on "
            + "meanwhile.";

        /// <inheritdoc/>
        public override bool MayPassLater => true;
    }
}

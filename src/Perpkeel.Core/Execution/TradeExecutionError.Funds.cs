namespace Perpkeel.Core.Execution;

/// <content>What the account and its limits do not allow.</content>
public abstract partial record TradeExecutionError
{
    /// <summary>The collateral that is free does not cover the order at its worst price.</summary>
    /// <param name="Available">What is free, with its unit.</param>
    /// <param name="Required">What the order needs, fees and its bracket included.</param>
    public sealed record InsufficientBalance(string Available, string Required) : TradeExecutionError
    {
        internal const string Name = "insufficient-balance";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"{Available} are free, {Required} are needed.";

        /// <inheritdoc/>
        public override string Mend =>
            "Ask for a smaller size, close something, or deposit; `perpkeel size` shows every limit.";
    }

    /// <summary>The account would be geared beyond its limit, or is already.</summary>
    /// <param name="Limit">The limit.</param>
    /// <param name="Actual">What it would be.</param>
    public sealed record InsufficientLeverage(string Limit, string Actual) : TradeExecutionError
    {
        internal const string Name = "insufficient-leverage";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"Leverage {Actual}; the limit is {Limit}.";

        /// <inheritdoc/>
        public override string Mend =>
            "Ask for a smaller size or reduce a position; raise risk.leverageCap only if you mean it.";
    }

    /// <summary>The sizer gives no size above zero.</summary>
    /// <param name="Reason">The limit that binds, or what is wrong with the request.</param>
    /// <param name="Limits">Every limit that was considered.</param>
    public sealed record SizingFailed(string Reason, string Limits) : TradeExecutionError
    {
        internal const string Name = "sizing-failed";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"No size: {Reason} ({Limits}).";

        /// <inheritdoc/>
        public override string Mend =>
            "Look at the limit that binds: a nearer stop, more balance, or a smaller minimum order.";
    }

    /// <summary>A limit of the account would be exceeded.</summary>
    /// <param name="Rule">The rule's stable name.</param>
    /// <param name="Limit">The limit, with its unit.</param>
    /// <param name="Actual">The actual value, with its unit.</param>
    public sealed record LimitExceeded(string Rule, string Limit, string Actual) : TradeExecutionError
    {
        internal const string Name = "limit-exceeded";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"{Rule}: limit {Limit}, actual {Actual}.";

        /// <inheritdoc/>
        public override string Mend =>
            "Ask for less, wait until the limit leaves room, or change it in perpkeel.yaml under "
            + "risk.";

        /// <inheritdoc/>
        public override bool MayPassLater => true;
    }

    /// <summary>The last entry is too recent.</summary>
    /// <param name="Limit">The pause between two entries.</param>
    /// <param name="Since">Time since the last one.</param>
    public sealed record Cooldown(string Limit, string Since) : TradeExecutionError
    {
        internal const string Name = "cooldown";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"The last entry was {Since} ago; the pause is {Limit}.";

        /// <inheritdoc/>
        public override string Mend => "Send it again when the pause is over; risk.cooldownSeconds sets it.";

        /// <inheritdoc/>
        public override bool MayPassLater => true;
    }
}

namespace Perpkeel.Core.Execution;

/// <content>What is wrong with the signal, or with the moment.</content>
public abstract partial record TradeExecutionError
{
    /// <summary>Another strategy owns the market.</summary>
    /// <param name="Market">Which market.</param>
    /// <param name="Owner">Who owns it.</param>
    public sealed record MarketOwned(string Market, string Owner) : TradeExecutionError
    {
        internal const string Name = "market-owned";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"{Market} belongs to {Owner} until its position has ended.";

        /// <inheritdoc/>
        public override string Mend =>
            "One market has one owner: wait for its end, close it first, or choose another market.";

        /// <inheritdoc/>
        public override bool MayPassLater => true;
    }

    /// <summary>There is no position, or no waiting entry, to change.</summary>
    /// <param name="Market">Which market.</param>
    /// <param name="Action">What was wanted.</param>
    public sealed record NothingHeld(string Market, string Action) : TradeExecutionError
    {
        internal const string Name = "nothing-held";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"{Market}: nothing there to {Action}.";

        /// <inheritdoc/>
        public override string Mend => "Look at `perpkeel positions` and `perpkeel orders`.";
    }

    /// <summary>An earlier change of the same position is still under way.</summary>
    /// <param name="Market">Which market.</param>
    /// <param name="Doing">What is under way.</param>
    public sealed record Busy(string Market, string Doing) : TradeExecutionError
    {
        internal const string Name = "busy";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"{Market}: {Doing} is still under way.";

        /// <inheritdoc/>
        public override string Mend => "Wait for its end; `perpkeel orders` shows it.";

        /// <inheritdoc/>
        public override bool MayPassLater => true;
    }

    /// <summary>New risk was stopped by somebody.</summary>
    /// <param name="By">Who stopped it.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Since">Since when.</param>
    public sealed record Stopped(string By, string Reason, string Since) : TradeExecutionError
    {
        internal const string Name = "stopped";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"Stopped by {By} since {Since}: {Reason}.";

        /// <inheritdoc/>
        public override string Mend =>
            "`perpkeel resume` takes new risk again; protection goes on meanwhile.";
    }

    /// <summary>A component that it needs is switched off.</summary>
    /// <param name="Component">Which.</param>
    public sealed record SwitchedOff(string Component) : TradeExecutionError
    {
        internal const string Name = "switched-off";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"{Component} is switched off.";

        /// <inheritdoc/>
        public override string Mend => "`perpkeel switch` turns it on again.";
    }

    /// <summary>The venue has no such market.</summary>
    /// <param name="Market">What was asked for.</param>
    /// <param name="Known">Markets with similar names.</param>
    public sealed record UnknownMarket(string Market, string Known) : TradeExecutionError
    {
        internal const string Name = "unknown-market";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"There is no market {Market}. Known: {Known}.";

        /// <inheritdoc/>
        public override string Mend => "Use the venue's own name.";
    }

    /// <summary>The signal makes no sense as it is.</summary>
    /// <param name="Field">Which part.</param>
    /// <param name="Detail">What is wrong with it.</param>
    public sealed record InvalidSignal(string Field, string Detail) : TradeExecutionError
    {
        internal const string Name = "invalid-signal";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"{Field}: {Detail}";

        /// <inheritdoc/>
        public override string Mend => "Mend the signal and send it under a new id.";
    }

    /// <summary>The signal was made too long ago, or in the future.</summary>
    /// <param name="Age">Its age.</param>
    /// <param name="Limit">The greatest age.</param>
    public sealed record SignalTooOld(string Age, string Limit) : TradeExecutionError
    {
        internal const string Name = "signal-too-old";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"The signal is {Age} old; the limit is {Limit}.";

        /// <inheritdoc/>
        public override string Mend => "Compare the clocks; make a new signal for today's prices.";
    }

    /// <summary>The id was used before for something else.</summary>
    /// <param name="Id">The id.</param>
    public sealed record SignalReused(string Id) : TradeExecutionError
    {
        internal const string Name = "signal-reused";

        /// <inheritdoc/>
        public override string Code => Name;

        /// <inheritdoc/>
        public override string Message => $"{Id} was the id of another signal.";

        /// <inheritdoc/>
        public override string Mend => "Give every signal an id of its own.";
    }
}

namespace Perpkeel.Venues.Http;

/// <summary>Why there is no answer. A closed family.</summary>
public abstract record HttpFault
{
    private HttpFault()
    {
    }

    /// <summary>Whether the other side may have acted on the request.</summary>
    public abstract bool MayHaveArrived { get; }

    /// <summary>What happened.</summary>
    public abstract string Reason { get; }

    /// <summary>No connection came about: the request never left.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record NotSent(string Reason) : HttpFault
    {
        /// <inheritdoc/>
        public override bool MayHaveArrived => false;

        /// <inheritdoc/>
        public override string Reason { get; } = Reason;
    }

    /// <summary>The time was up before the answer was complete.</summary>
    /// <param name="After">How long was waited.</param>
    public sealed record TimedOut(TimeSpan After) : HttpFault
    {
        /// <inheritdoc/>
        public override bool MayHaveArrived => true;

        /// <inheritdoc/>
        public override string Reason =>
            FormattableString.Invariant($"no answer within {After.TotalSeconds:0.###} s");
    }

    /// <summary>The connection broke before the answer was complete.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record Lost(string Reason) : HttpFault
    {
        /// <inheritdoc/>
        public override bool MayHaveArrived => true;

        /// <inheritdoc/>
        public override string Reason { get; } = Reason;
    }

    /// <summary>The answer is longer than is read.</summary>
    /// <param name="MostBytes">What is read.</param>
    public sealed record TooLong(int MostBytes) : HttpFault
    {
        /// <inheritdoc/>
        public override bool MayHaveArrived => true;

        /// <inheritdoc/>
        public override string Reason =>
            FormattableString.Invariant($"the answer is longer than {MostBytes} bytes");
    }
}

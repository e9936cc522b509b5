using System.Globalization;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>Why the Indexer gave no answer that can be used. A closed family; nothing was changed.</summary>
public abstract record IndexerError
{
    private IndexerError()
    {
    }

    /// <summary>Stable name of the case.</summary>
    public abstract string Code { get; }

    /// <summary>What is the matter and what mends it.</summary>
    public abstract string Message { get; }

    /// <summary>Whether the same question may be answered a little later.</summary>
    public virtual bool MayPass => false;

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Code}: {Message}";

    /// <summary>What was asked makes no sense; nothing was sent.</summary>
    /// <param name="Name">Which part of the question.</param>
    /// <param name="Reason">What is wrong with it.</param>
    public sealed record BadQuestion(string Name, string Reason) : IndexerError
    {
        /// <inheritdoc/>
        public override string Code => "indexer-bad-question";

        /// <inheritdoc/>
        public override string Message => $"{Name}: {Reason}.";
    }

    /// <summary>The Indexer refused the question (400).</summary>
    /// <param name="Words">Its own words.</param>
    public sealed record Refused(string Words) : IndexerError
    {
        /// <inheritdoc/>
        public override string Code => "indexer-refused";

        /// <inheritdoc/>
        public override string Message => $"The Indexer refuses the question: {Words}.";
    }

    /// <summary>It does not know what was asked for (404). For an account: never used.</summary>
    /// <param name="Words">Its own words.</param>
    public sealed record NotFound(string Words) : IndexerError
    {
        /// <inheritdoc/>
        public override string Code => "indexer-not-found";

        /// <inheritdoc/>
        public override string Message => $"The Indexer does not know it: {Words}.";
    }

    /// <summary>It does not answer to this place or address (403). Never asked again by itself.</summary>
    /// <param name="Words">Its own words.</param>
    public sealed record Blocked(string Words) : IndexerError
    {
        /// <inheritdoc/>
        public override string Code => "indexer-blocked";

        /// <inheritdoc/>
        public override string Message =>
            $"The Indexer does not answer from here or for this address: {Words}.";
    }

    /// <summary>We have asked too often (429).</summary>
    /// <param name="RetryAfter">When it lets us ask again, if it said so.</param>
    public sealed record RateLimited(TimeSpan? RetryAfter) : IndexerError
    {
        /// <inheritdoc/>
        public override string Code => "indexer-rate-limited";

        /// <inheritdoc/>
        public override bool MayPass => true;

        /// <inheritdoc/>
        public override string Message => RetryAfter is { } wait
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The Indexer was asked too often and wants {wait.TotalSeconds:0.###} s of patience.")
            : "The Indexer was asked too often and does not say when it answers again.";
    }

    /// <summary>More questions wait already than can be asked in the time that anybody waits.</summary>
    /// <param name="Wait">How long this one would have waited.</param>
    public sealed record Crowded(TimeSpan Wait) : IndexerError
    {
        /// <inheritdoc/>
        public override string Code => "indexer-crowded";

        /// <inheritdoc/>
        public override bool MayPass => true;

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"So many questions wait that this one would wait for {Wait.TotalSeconds:0} s: ask less often.");
    }

    /// <summary>It was reached and cannot answer (5xx).</summary>
    /// <param name="Status">Its status.</param>
    /// <param name="Words">Its own words.</param>
    public sealed record Down(int Status, string Words) : IndexerError
    {
        /// <inheritdoc/>
        public override string Code => "indexer-down";

        /// <inheritdoc/>
        public override bool MayPass => true;

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture, $"The Indexer cannot answer (status {Status}): {Words}.");
    }

    /// <summary>It was not reached, or its answer broke off.</summary>
    /// <param name="Host">Who was asked.</param>
    /// <param name="Reason">What happened.</param>
    public sealed record Unreachable(string Host, string Reason) : IndexerError
    {
        /// <inheritdoc/>
        public override string Code => "indexer-unreachable";

        /// <inheritdoc/>
        public override bool MayPass => true;

        /// <inheritdoc/>
        public override string Message => $"{Host} gave no whole answer: {Reason}.";
    }

    /// <summary>What answers is no Indexer, or one of another kind.</summary>
    /// <param name="Status">The status.</param>
    /// <param name="Words">What came.</param>
    public sealed record Strange(int Status, string Words) : IndexerError
    {
        /// <inheritdoc/>
        public override string Code => "indexer-strange";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"This is not how an Indexer answers (status {Status}): {Words}. Check the address; it ends in "
            + $"/v4.");
    }

    /// <summary>An answer that is not as it must be.</summary>
    /// <param name="Path">What was asked.</param>
    /// <param name="Fault">Which field, and what is wrong with it.</param>
    public sealed record Malformed(string Path, FieldFault Fault) : IndexerError
    {
        /// <inheritdoc/>
        public override string Code => "indexer-malformed";

        /// <inheritdoc/>
        public override string Message => $"The answer to {Path} cannot be used: {Fault}.";
    }

    /// <summary>A page brought nothing new although more must be there.</summary>
    /// <param name="Path">What was asked.</param>
    public sealed record Stuck(string Path) : IndexerError
    {
        /// <inheritdoc/>
        public override string Code => "indexer-stuck";

        /// <inheritdoc/>
        public override string Message =>
            $"{Path}: a full page brought nothing new, so that what is older cannot be reached.";
    }
}

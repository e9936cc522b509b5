using System.Globalization;
using Perpkeel.Venues.Dydx.Indexer.Reading;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>Why a connection or a subscription of the stream had to begin anew. A closed family.</summary>
public abstract record StreamFault
{
    private StreamFault()
    {
    }

    /// <summary>Stable name of the case.</summary>
    public abstract string Code { get; }

    /// <summary>What is the matter.</summary>
    public abstract string Message { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Code}: {Message}";

    /// <summary>The connection did not come about, was closed or broke.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record Broken(string Reason) : StreamFault
    {
        /// <inheritdoc/>
        public override string Code => "stream-broken";

        /// <inheritdoc/>
        public override string Message => $"The connection ended: {Reason}.";
    }

    /// <summary>The connection is open and says nothing.</summary>
    /// <param name="For">For how long.</param>
    public sealed record Silent(TimeSpan For) : StreamFault
    {
        /// <inheritdoc/>
        public override string Code => "stream-silent";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture, $"Nothing was heard for {For.TotalSeconds:0.#} s.");
    }

    /// <summary>A message never came.</summary>
    /// <param name="MessageId">Its number.</param>
    /// <param name="For">For how long it was waited for.</param>
    public sealed record Gap(long MessageId, TimeSpan For) : StreamFault
    {
        /// <inheritdoc/>
        public override string Code => "stream-gap";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"Message {MessageId} did not come within {For.TotalSeconds:0.#} s.");
    }

    /// <summary>More messages are missing than are kept in mind.</summary>
    /// <param name="Count">How many.</param>
    public sealed record Holes(int Count) : StreamFault
    {
        /// <inheritdoc/>
        public override string Code => "stream-holes";

        /// <inheritdoc/>
        public override string Message =>
            string.Create(CultureInfo.InvariantCulture, $"More than {Count} messages are missing.");
    }

    /// <summary>Messages of one subscription came in another order than they were sent.</summary>
    /// <param name="MessageId">The one that came late.</param>
    /// <param name="After">The one that had come before it.</param>
    public sealed record Disorder(long MessageId, long After) : StreamFault
    {
        /// <inheritdoc/>
        public override string Code => "stream-disorder";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture, $"Message {MessageId} came after message {After}.");
    }

    /// <summary>A message is not as it must be.</summary>
    /// <param name="Fault">Where, and what is wrong.</param>
    public sealed record Malformed(FieldFault Fault) : StreamFault
    {
        /// <inheritdoc/>
        public override string Code => "stream-malformed";

        /// <inheritdoc/>
        public override string Message => $"A message cannot be used: {Fault}.";
    }

    /// <summary>The venue said no.</summary>
    /// <param name="Words">Its own words.</param>
    public sealed record Refused(string Words) : StreamFault
    {
        /// <inheritdoc/>
        public override string Code => "stream-refused";

        /// <inheritdoc/>
        public override string Message => $"The Indexer refuses: {Words}.";
    }

    /// <summary>The first picture did not come.</summary>
    /// <param name="For">For how long it was waited for.</param>
    public sealed record NoSnapshot(TimeSpan For) : StreamFault
    {
        /// <inheritdoc/>
        public override string Code => "stream-no-snapshot";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture, $"No snapshot came within {For.TotalSeconds:0.#} s.");
    }

    /// <summary>What was heard before the snapshot may be missing in it.</summary>
    /// <param name="MessageId">The last message that had to be dropped.</param>
    /// <param name="SnapshotId">The snapshot.</param>
    public sealed record OldSnapshot(long MessageId, long SnapshotId) : StreamFault
    {
        /// <inheritdoc/>
        public override string Code => "stream-old-snapshot";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"Snapshot {SnapshotId} may be older than message {MessageId}, which was dropped.");
    }

    /// <summary>A check against REST found something that the stream has wrong.</summary>
    /// <param name="What">Which, in words.</param>
    public sealed record Mismatch(string What) : StreamFault
    {
        /// <inheritdoc/>
        public override string Code => "stream-mismatch";

        /// <inheritdoc/>
        public override string Message => $"REST tells otherwise: {What}.";
    }

    /// <summary>Who reads what must not be dropped is too slow.</summary>
    /// <param name="Waiting">How much was waiting.</param>
    public sealed record Overflow(int Waiting) : StreamFault
    {
        /// <inheritdoc/>
        public override string Code => "stream-overflow";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"{Waiting} updates wait already, and none of them may be dropped.");
    }
}

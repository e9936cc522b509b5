namespace Perpkeel.Venues.Sockets;

/// <summary>Why a connection gives no more frames. A closed family.</summary>
public abstract record FrameFault
{
    private FrameFault()
    {
    }

    /// <summary>What happened.</summary>
    public abstract string Reason { get; }

    /// <summary>No connection came about.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record NotOpened(string Reason) : FrameFault
    {
        /// <inheritdoc/>
        public override string Reason { get; } = Reason;
    }

    /// <summary>The other side closed it properly.</summary>
    /// <param name="Code">Its code, e.g. 1012 for a restart.</param>
    /// <param name="Words">Its own words.</param>
    public sealed record Closed(int Code, string Words) : FrameFault
    {
        /// <inheritdoc/>
        public override string Reason => FormattableString.Invariant($"closed with {Code} {Words}").TrimEnd();
    }

    /// <summary>It broke.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record Lost(string Reason) : FrameFault
    {
        /// <inheritdoc/>
        public override string Reason { get; } = Reason;
    }

    /// <summary>A frame is longer than is read.</summary>
    /// <param name="MostBytes">What is read.</param>
    public sealed record TooLong(int MostBytes) : FrameFault
    {
        /// <inheritdoc/>
        public override string Reason =>
            FormattableString.Invariant($"a frame is longer than {MostBytes} bytes");
    }
}

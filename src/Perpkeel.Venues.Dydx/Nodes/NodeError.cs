using System.Globalization;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>Why a node gave no answer that can be used. A closed family.</summary>
public abstract record NodeError
{
    private NodeError()
    {
    }

    /// <summary>Stable name of the fault.</summary>
    public abstract string Code { get; }

    /// <summary>What is the matter and what mends it.</summary>
    public abstract string Message { get; }

    /// <summary>
    /// Whether the node may have acted on the request. For a question that does not matter; for a transaction
    /// it means: look it up, never send another in its place.
    /// </summary>
    public virtual bool MayHaveArrived => false;

    /// <summary>Whether another endpoint may do better.</summary>
    public virtual bool IsOfTheEndpoint => true;

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Code}: {Message}";

    /// <summary>A text that names no endpoint of gRPC.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Reason">What is wrong with it.</param>
    public sealed record BadEndpoint(string Text, string Reason) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "bad-endpoint";

        /// <inheritdoc/>
        public override string Message => $"'{Text}' is no endpoint of gRPC: {Reason}.";
    }

    /// <summary>A text that names no network.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Reason">What is wrong with it.</param>
    public sealed record BadNetwork(string Text, string Reason) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "bad-network";

        /// <inheritdoc/>
        public override string Message =>
            $"'{Text}' names no network: {Reason}. A chain of your own is written "
            + "chain-id=mychain;grpc=host:9090.";
    }

    /// <summary>No endpoint is left that is trusted.</summary>
    /// <param name="Reasons">Why, by endpoint.</param>
    public sealed record NoneTrusted(string Reasons) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "none-trusted";

        /// <inheritdoc/>
        public override string Message => $"No endpoint is trusted: {Reasons}. Name other endpoints.";
    }

    /// <summary>No connection came about: nothing was sent.</summary>
    /// <param name="Endpoint">Where.</param>
    /// <param name="Reason">What happened.</param>
    public sealed record Unreachable(NodeEndpoint Endpoint, string Reason) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "unreachable";

        /// <inheritdoc/>
        public override string Message =>
            $"{Endpoint} cannot be reached: {Reason}. Check the network, the name, the port and whether it "
            + "speaks TLS; or name another endpoint.";
    }

    /// <summary>Time ran out, the connection broke, or only a part of an answer came.</summary>
    /// <param name="Endpoint">Where.</param>
    /// <param name="Reason">What happened.</param>
    public sealed record NoAnswer(NodeEndpoint Endpoint, string Reason) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "no-answer";

        /// <inheritdoc/>
        public override bool MayHaveArrived => true;

        /// <inheritdoc/>
        public override string Message => $"{Endpoint} gave no whole answer: {Reason}.";
    }

    /// <summary>The caller gave up while the answer was awaited.</summary>
    public sealed record GaveUp : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "gave-up";

        /// <inheritdoc/>
        public override bool MayHaveArrived => true;

        /// <inheritdoc/>
        public override bool IsOfTheEndpoint => false;

        /// <inheritdoc/>
        public override string Message => "The wait for the answer was given up.";
    }

    /// <summary>What answers is not a node's gRPC.</summary>
    /// <param name="Endpoint">Where.</param>
    /// <param name="Reason">What came instead.</param>
    /// <param name="MayHaveArrived">Whether something behind it may have acted on the request.</param>
    public sealed record NotGrpc(NodeEndpoint Endpoint, string Reason, bool MayHaveArrived) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "not-grpc";

        /// <inheritdoc/>
        public override bool MayHaveArrived { get; } = MayHaveArrived;

        /// <inheritdoc/>
        public override string Message =>
            $"{Endpoint} does not answer as gRPC does: {Reason}. Is it the address of RPC or REST, or a "
            + "proxy that limits requests? gRPC has one of its own, usually at 9090 or 443.";
    }

    /// <summary>The node answered with a status of gRPC other than OK.</summary>
    /// <param name="Endpoint">Where.</param>
    /// <param name="Status">The status.</param>
    /// <param name="Text">The node's own words.</param>
    public sealed record Refused(NodeEndpoint Endpoint, GrpcStatus Status, string Text) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "refused";

        /// <inheritdoc/>
        public override bool MayHaveArrived => Status is not (GrpcStatus.InvalidArgument
            or GrpcStatus.NotFound or GrpcStatus.Unimplemented or GrpcStatus.PermissionDenied
            or GrpcStatus.Unauthenticated);

        /// <inheritdoc/>
        public override bool IsOfTheEndpoint => Status is not (GrpcStatus.InvalidArgument
            or GrpcStatus.NotFound or GrpcStatus.AlreadyExists or GrpcStatus.OutOfRange);

        /// <inheritdoc/>
        public override string Message => $"{Endpoint} answered {Status}: {Text}";
    }

    /// <summary>The node answers for another chain.</summary>
    /// <param name="Endpoint">Where.</param>
    /// <param name="Expected">The chain id that was meant.</param>
    /// <param name="Found">The chain id that the node tells.</param>
    public sealed record WrongNetwork(NodeEndpoint Endpoint, string Expected, string Found) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "wrong-network";

        /// <inheritdoc/>
        public override string Message =>
            $"{Endpoint} is a node of {Found}, not of {Expected}. Choose the network that is meant, or "
            + "another endpoint.";
    }

    /// <summary>
    /// An endpoint was sent nothing, because it did not first tell the id of the chain that is meant.
    /// </summary>
    /// <param name="Cause">What it did instead.</param>
    public sealed record NotMet(NodeError Cause) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => Cause.Code;

        /// <inheritdoc/>
        public override string Message => Cause.Message;
    }

    /// <summary>No account is there: the wallet never received a coin.</summary>
    /// <param name="Address">The account.</param>
    public sealed record NoAccount(string Address) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "no-account";

        /// <inheritdoc/>
        public override bool IsOfTheEndpoint => false;

        /// <inheritdoc/>
        public override string Message =>
            $"{Address} has no account on this chain. Fund the wallet first: an account appears with its "
            + "first coins.";
    }

    /// <summary>The chain has no such market.</summary>
    /// <param name="Ticker">Its name.</param>
    public sealed record NoMarket(string Ticker) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "no-market";

        /// <inheritdoc/>
        public override bool IsOfTheEndpoint => false;

        /// <inheritdoc/>
        public override string Message =>
            $"The chain has no market '{Ticker}'. Names are written as BTC-USD; list them with the Indexer.";
    }

    /// <summary>A value in an answer makes no sense.</summary>
    /// <param name="What">Which.</param>
    public sealed record Nonsense(string What) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "nonsense";

        /// <inheritdoc/>
        public override string Message => $"An answer cannot be right: {What}. Ask another endpoint.";
    }

    /// <summary>Every endpoint was tried.</summary>
    /// <param name="Last">What the last one ended with.</param>
    /// <param name="Tried">How many were tried.</param>
    public sealed record AllFailed(NodeError Last, int Tried) : NodeError
    {
        /// <inheritdoc/>
        public override string Code => "all-failed";

        /// <inheritdoc/>
        public override bool MayHaveArrived => Last.MayHaveArrived;

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture, $"None of {Tried} endpoints answered. The last: {Last.Message}");
    }
}

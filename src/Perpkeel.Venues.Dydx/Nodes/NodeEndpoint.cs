using Perpkeel.Core.Numbers;

namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>Where a node takes gRPC.</summary>
public sealed record NodeEndpoint
{
    private const int RpcPort = 26657;
    private const int RestPort = 1317;

    private NodeEndpoint(Uri address) => Address = address;

    /// <summary><c>https://</c> with TLS, or <c>http://</c> in plain text; no path.</summary>
    public Uri Address { get; }

    /// <summary>
    /// Reads a name with or without port and scheme. Without a scheme TLS is meant, on port 443 unless told.
    /// Plain text must be asked for by <c>http://</c>.
    /// </summary>
    public static Result<NodeEndpoint, NodeError> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        var whole = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : $"https://{trimmed}";
        if (!Uri.TryCreate(whole, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            return Bad(text, "it is not a name with an optional port");
        }

        if (address.Scheme is "grpc" or "grpcs")
        {
            return Bad(text, "grpc is no scheme; write https:// for TLS or http:// for plain text");
        }

        if (address.Scheme is not ("http" or "https"))
        {
            return Bad(text, $"{address.Scheme} is no scheme for gRPC; write https:// or http://");
        }

        if (address.AbsolutePath.Length > 1 || address.Query.Length > 0 || address.UserInfo.Length > 0)
        {
            return Bad(text, "only a name and a port belong there: no path, query or user");
        }

        return address.Port switch
        {
            RpcPort => Bad(text, "26657 is the port of CometBFT's RPC; gRPC is usually at 9090 or 443"),
            RestPort => Bad(text, "1317 is the port of REST; gRPC is usually at 9090 or 443"),
            _ => new NodeEndpoint(new Uri(address.GetLeftPart(UriPartial.Authority))),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Address.GetLeftPart(UriPartial.Authority);

    internal static NodeEndpoint Known(string text) => Parse(text).TryGet(out var endpoint, out var error)
        ? endpoint
        : throw new ArgumentException(error.Message, nameof(text));

    private static NodeError.BadEndpoint Bad(string text, string reason) => new(text, reason);
}

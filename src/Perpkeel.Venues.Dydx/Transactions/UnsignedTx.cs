using Google.Protobuf;
using Perpkeel.Venues.Dydx.Protos.Cosmos;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>A transaction before it is signed.</summary>
public sealed class UnsignedTx
{
    internal UnsignedTx(SignDoc document)
    {
        Document = document;
        SignBytes = document.ToByteArray();
    }

    /// <summary>The messages with memo, timeout and authenticators.</summary>
    public ReadOnlyMemory<byte> BodyBytes => Document.BodyBytes.Memory;

    /// <summary>Public key, sequence and fee.</summary>
    public ReadOnlyMemory<byte> AuthInfoBytes => Document.AuthInfoBytes.Memory;

    /// <summary>What is hashed with SHA-256 and signed.</summary>
    public ReadOnlyMemory<byte> SignBytes { get; }

    internal SignDoc Document { get; }
}

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>
/// Bytes that nobody shall see: pinned, so that the collector makes no copies of them, and wiped when they
/// are disposed of or collected.
/// </summary>
[DebuggerDisplay("(secret)")]
internal sealed class SecretBuffer : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;

    private readonly Lock _gate = new();

    private bool _isDisposed;

    /// <summary>Takes room for so many bytes, all zero.</summary>
    public SecretBuffer(int length) => _bytes = GC.AllocateArray<byte>(length, pinned: true);

    /// <summary>Wipes what nobody disposed of.</summary>
    [SuppressMessage(
        "Design", "MA0055:Do not use finalizer",
        Justification = "A key that was forgotten must not stay in memory; nothing else is done here.")]
    ~SecretBuffer() => CryptographicOperations.ZeroMemory(_bytes);

    /// <summary>The bytes.</summary>
    /// <exception cref="ObjectDisposedException">They were wiped.</exception>
    public Span<byte> Open()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _bytes;
    }

    /// <summary>Copies the bytes out, all of them as they are: a wipe comes before or after.</summary>
    /// <param name="into">The caller's to wipe.</param>
    /// <exception cref="ObjectDisposedException">They were wiped.</exception>
    public void CopyTo(Span<byte> into)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _bytes.CopyTo(into);
        }

        // Without this the collector might wipe them while they are copied for the last time.
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            CryptographicOperations.ZeroMemory(_bytes);
        }

        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public override string ToString() => "(secret)";
}

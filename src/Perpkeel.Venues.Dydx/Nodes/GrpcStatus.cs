namespace Perpkeel.Venues.Dydx.Nodes;

/// <summary>How a call of gRPC ended.</summary>
/// <remarks>Source: the status codes of gRPC.</remarks>
public enum GrpcStatus
{
    /// <summary>Well.</summary>
    Ok = 0,

    /// <summary>The caller gave up.</summary>
    Cancelled = 1,

    /// <summary>Something else.</summary>
    Unknown = 2,

    /// <summary>The request makes no sense.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for is not there.</summary>
    NotFound = 5,

    /// <summary>It is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller may not.</summary>
    PermissionDenied = 7,

    /// <summary>Too much was asked.</summary>
    ResourceExhausted = 8,

    /// <summary>The state does not permit it.</summary>
    FailedPrecondition = 9,

    /// <summary>It was broken off.</summary>
    Aborted = 10,

    /// <summary>Beyond the end.</summary>
    OutOfRange = 11,

    /// <summary>The node has no such call.</summary>
    Unimplemented = 12,

    /// <summary>A fault inside.</summary>
    Internal = 13,

    /// <summary>The node cannot be used now.</summary>
    Unavailable = 14,

    /// <summary>Data were lost.</summary>
    DataLoss = 15,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}

using Perpkeel.Core.Numbers;

namespace Perpkeel.Testing.Conformance;

/// <summary>One numbered acceptance case for any venue behind the port.</summary>
/// <param name="Id">Its number, which never changes, e.g. <c>CONF-07</c>.</param>
/// <param name="Area">What it is about.</param>
/// <param name="Asks">What a venue that passes does, as a sentence.</param>
/// <param name="RunAsync">Tries it; a venue that does not conform throws.</param>
public sealed record ConformanceCase(
    string Id, string Area, string Asks, Func<ConformanceScene, Task> RunAsync)
{
    /// <summary>What the account is given.</summary>
    public Usd Deposit { get; init; } = new(10_000m);

    /// <summary>Whether the venue knows what the case is about; null for all venues.</summary>
    public Func<IVenueUnderTest, bool>? IsOffered { get; init; }
}

/// <summary>What became of a case.</summary>
public enum ConformanceOutcome
{
    /// <summary>The venue does what it asks.</summary>
    Passed = 0,

    /// <summary>The venue knows no such thing.</summary>
    NotOffered,

    /// <summary>The venue does not do what it asks.</summary>
    Failed,
}

/// <summary>A venue does not do what a case asks.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Without words.</summary>
    public ConformanceException()
    {
    }

    /// <summary>Says what is the matter.</summary>
    public ConformanceException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is the matter and whence it comes.</summary>
    public ConformanceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>What cases say of what they see.</summary>
public static class Conforms
{
    /// <summary>Something holds.</summary>
    /// <exception cref="ConformanceException">It does not.</exception>
    public static void That(bool holds, string what)
    {
        if (!holds) throw new ConformanceException(what);
    }

    /// <summary>Two things are the same.</summary>
    /// <exception cref="ConformanceException">They are not.</exception>
    public static void Same<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ConformanceException($"{what}: {expected} was expected, {actual} came");
        }
    }
}

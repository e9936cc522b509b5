using System.Diagnostics.CodeAnalysis;

namespace Perpkeel.Core.Numbers;

/// <summary>
/// An expected outcome: a value, or an error of a closed family. <c>default</c> throws when read.
/// </summary>
public readonly record struct Result<T, TError>
    where T : notnull
    where TError : notnull
{
    private readonly T? _value;
    private readonly TError? _error;
    private readonly State _state;

    private Result(T? value, TError? error, State state)
    {
        _value = value;
        _error = error;
        _state = state;
    }

    private enum State : byte
    {
        Unset,
        Ok,
        Failed,
    }

    /// <summary>The good outcome.</summary>
    public static Result<T, TError> Ok(T value) => new(value, default, State.Ok);

    /// <summary>The bad outcome.</summary>
    public static Result<T, TError> Fail(TError error) => new(default, error, State.Failed);

    /// <summary>A value is a good outcome.</summary>
    public static implicit operator Result<T, TError>(T value) => Ok(value);

    /// <summary>An error is a bad outcome.</summary>
    public static implicit operator Result<T, TError>(TError error) => Fail(error);

    /// <summary>Whether it went well; gives the value if so and the error if not.</summary>
    /// <exception cref="InvalidOperationException">
    /// This is <c>default</c>: nothing was ever put in.
    /// </exception>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out TError? error)
    {
        if (_state == State.Unset) throw new InvalidOperationException("The result was never set.");
        value = _value;
        error = _error;
        return _state == State.Ok;
    }
}

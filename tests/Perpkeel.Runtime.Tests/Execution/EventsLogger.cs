using Microsoft.Extensions.Logging;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>Keeps the numbers and lines of what was logged, by everybody.</summary>
internal sealed class EventsLogger : ILoggerFactory, ILogger
{
    public List<(int Event, LogLevel Level, string Line)> Lines { get; } = [];

    /// <summary>The outcomes of signals that were told.</summary>
    public IEnumerable<int> Outcomes =>
        Lines.Select(line => line.Event).Where(id => id is >= 2301 and <= 2304);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        Lines.Add((eventId.Id, logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}

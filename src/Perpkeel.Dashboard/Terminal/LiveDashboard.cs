using Perpkeel.Runtime.Telemetry;
using Spectre.Console;

namespace Perpkeel.Dashboard.Terminal;

/// <summary>Stands in until the panels land.</summary>
public sealed class LiveDashboard(IAnsiConsole console) : IDisposable
{
    /// <summary>Draws.</summary>
    public void Draw(RunSnapshot snapshot) => console.WriteLine(
        snapshot?.EngineTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
            ?? string.Empty);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

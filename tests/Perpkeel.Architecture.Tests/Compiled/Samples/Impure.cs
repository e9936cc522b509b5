using System.Diagnostics.CodeAnalysis;

namespace Perpkeel.Architecture.Tests.Compiled.Samples;

/// <summary>Does all that the core may not.</summary>
internal static class Impure
{
    public static bool TouchesDisk(string path) => File.Exists(path);

    public static Task Waits() => Task.CompletedTask;

    public static DateTimeOffset AsksTheTime(TimeProvider time) => time.GetUtcNow();

    [SuppressMessage(
        "ApiDesign", "RS0030:Do not use banned APIs",
        Justification = "The rule is shown what it is to find.")]
    public static DateTime AsksTheClock() => DateTime.UtcNow;

    public static IDisposable Subscribes(IObservable<int> numbers, IObserver<int> observer) =>
        numbers.Subscribe(observer);

    public static ClosedFamily MakeCase() => new ClosedFamily.Case(1);
}

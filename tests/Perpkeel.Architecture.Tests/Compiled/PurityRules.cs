using System.Collections.Frozen;
using System.Collections.Immutable;
using Mono.Cecil;

namespace Perpkeel.Architecture.Tests.Compiled;

/// <summary>What functions of the core may not touch: the world, waiting, clocks and chance.</summary>
internal static class PurityRules
{
    private static readonly ImmutableArray<string> Spaces =
    [
        "System.IO", "System.Net", "System.Threading", "System.Timers", "System.Data", "System.Reactive",
        "System.Diagnostics.Metrics", "Microsoft.Data", "Microsoft.Extensions",
    ];

    private static readonly FrozenSet<string> Types = FrozenSet.Create(StringComparer.Ordinal,
        "System.TimeProvider", "System.Console", "System.Random", "System.IObservable`1",
        "System.IObserver`1",
        "System.IAsyncDisposable", "System.Collections.Generic.IAsyncEnumerable`1",
        "System.Diagnostics.Stopwatch", "System.Diagnostics.Process", "System.Diagnostics.Activity");

    private static readonly FrozenSet<string> Members = FrozenSet.Create(StringComparer.Ordinal,
        "System.DateTime::get_Now", "System.DateTime::get_UtcNow", "System.DateTime::get_Today",
        "System.DateTimeOffset::get_Now", "System.DateTimeOffset::get_UtcNow", "System.Guid::NewGuid",
        "System.Environment::get_TickCount", "System.Environment::get_TickCount64",
        "System.Environment::get_MachineName", "System.Environment::GetEnvironmentVariable",
        "System.TimeZoneInfo::get_Local");

    /// <summary>Types that touch what they may not, with what it is.</summary>
    public static IEnumerable<string> Impure(IEnumerable<TypeDefinition> types)
    {
        foreach (var type in types)
        {
            var owner = Uses.Outermost(type).FullName;
            foreach (var used in Uses.Types(type).Where(IsForbidden))
            {
                yield return $"{owner}: uses {used.FullName}";
            }

            foreach (var member in Uses.Members(type).Where(IsForbidden))
            {
                yield return $"{owner}: uses {NameOf(member)}";
            }
        }
    }

    private static bool IsForbidden(TypeReference type)
    {
        var space = Uses.Outermost(type).Namespace;
        return Types.Contains(type.FullName)
            || Spaces.Any(banned =>
                space.Is(banned) || space.StartsWith($"{banned}.", StringComparison.Ordinal));
    }

    private static bool IsForbidden(MemberReference member) => Members.Contains(NameOf(member));

    private static string NameOf(MemberReference member) => $"{member.DeclaringType.FullName}::{member.Name}";
}

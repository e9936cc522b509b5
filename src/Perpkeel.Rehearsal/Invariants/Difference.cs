using System.Collections;
using System.Reflection;

namespace Perpkeel.Rehearsal.Invariants;

/// <summary>
/// Where two values of one type differ, member by member, whatever a serializer thinks of them.
/// </summary>
internal static class Difference
{
    /// <summary>The first member that differs, with both values; null where none does.</summary>
    public static string? Between(object? left, object? right) => Between(left, right, "state");

    private static string? Between(object? left, object? right, string path)
    {
        if (Equals(left, right)) return null;
        if (left?.GetType() != right?.GetType() || left is null) return Told(left, right, path);
        if (left is IEnumerable lefts and not string) return OfItems(lefts, (IEnumerable)right!, path);
        if (left.GetType().Namespace?.StartsWith("Perpkeel", StringComparison.Ordinal) is not true
            && !IsPair(left.GetType()))
        {
            return Told(left, right, path);
        }

        // What is reckoned from the others has no setter.
        var members = left.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member.CanWrite || IsPair(left.GetType()))
            .Where(member => member.GetIndexParameters().Length == 0)
            .ToList();
        if (members.Count == 0) return Told(left, right, path);
        return members
            .Select(member => Between(member.GetValue(left), member.GetValue(right), $"{path}.{member.Name}"))
            .FirstOrDefault(found => found is not null);
    }

    private static bool IsPair(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static string? OfItems(IEnumerable lefts, IEnumerable rights, string path)
    {
        var (left, right) = (lefts.Cast<object?>().ToList(), rights.Cast<object?>().ToList());
        if (left.Count != right.Count) return $"{path} has {left.Count} and {right.Count} items";
        return left.Zip(right)
            .Select((pair, index) => Between(pair.First, pair.Second, $"{path}[{index}]"))
            .FirstOrDefault(found => found is not null);
    }

    private static string Told(object? left, object? right, string path) =>
        $"{path} is {left ?? "nothing"} and {right ?? "nothing"}";
}

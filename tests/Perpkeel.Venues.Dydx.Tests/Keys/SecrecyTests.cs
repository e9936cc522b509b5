using System.Collections;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Keys;

/// <summary>Nothing prints a key: not as text, not as JSON, not in a debugger.</summary>
[Trait("Req", "VEN-1")]
public sealed class SecrecyTests : IDisposable
{
    private const string Words =
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    private const string Hex = "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104";

    private static readonly Assembly Product = typeof(KeyPair).Assembly;

    private readonly ISecp256k1 _curve = Secp256k1.Open();
    private readonly Mnemonic _mnemonic = Mnemonic.Parse(Words).Value();
    private readonly KeyPair _pair;

    public SecrecyTests() => _pair = KeyPair.FromMnemonic(_mnemonic, 0, _curve).Value();

    public void Dispose()
    {
        _pair.Dispose();
        _mnemonic.Dispose();
        _curve.Dispose();
    }

    [Fact]
    public void Text_shows_no_secret()
    {
        Assert.Equal("dydx19rl4cm2hmr8afy4kldpxz3fka4jguq0a4erelz (key is secret)", _pair.ToString());
        Assert.Equal("12 words (secret)", _mnemonic.ToString());
    }

    [Fact]
    public void Json_shows_no_secret()
    {
        ShowsNothing(JsonSerializer.Serialize(_pair));
        ShowsNothing(JsonSerializer.Serialize(_mnemonic));
        ShowsNothing(JsonSerializer.Serialize(new { _pair, Inner = new object[] { _mnemonic } }));
    }

    /// <summary>
    /// Every type that can hold a secret, in whatever depth, has text of its own and hides its fields from
    /// the debugger; and none that is public gives out a secret as a property.
    /// </summary>
    [Fact]
    public void Every_type_that_holds_a_secret_hides_it()
    {
        var holders = Product.GetTypes().Where(HoldsSecret).ToList();

        Assert.Contains(typeof(KeyPair), holders);
        Assert.Contains(typeof(Mnemonic), holders);
        foreach (var type in holders)
        {
            var text = type.GetMethod(nameof(ToString), Type.EmptyTypes)!;
            Assert.True(text.DeclaringType == type, $"{type} has no text of its own");
            Assert.True(type.IsDefined(typeof(DebuggerDisplayAttribute)), $"{type} has no debugger display");
            foreach (var field in Fields(type).Where(field => IsSecret(field.FieldType)))
            {
                var hidden = field.GetCustomAttribute<DebuggerBrowsableAttribute>();
                Assert.True(
                    hidden?.State == DebuggerBrowsableState.Never,
                    $"{type}.{field.Name} is shown in debuggers");
            }
        }
    }

    /// <summary>
    /// Walks all that a value shows by its public properties: neither the key nor the words are in it.
    /// </summary>
    [Fact]
    public void No_property_of_a_key_leads_to_a_secret()
    {
        foreach (var text in Shown(_pair, 0).Concat(Shown(_mnemonic, 0))) ShowsNothing(text);
    }

    /// <summary>
    /// Public members that give a secret out say so by their names, and there are no others.
    /// </summary>
    [Fact]
    public void Secrets_leave_only_by_the_members_that_say_so()
    {
        var givers = Product.GetExportedTypes().Where(HoldsSecret)
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance)
                .Where(member => member.DeclaringType == type && Gives(member))
                .Select(member => $"{type.Name}.{member.Name}"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "KeyPair.Address", "KeyPair.CopyPrivateKeyTo", "KeyPair.For", "KeyPair.PublicKey",
                "KeyPair.Sign", "Mnemonic.Reveal", "Mnemonic.WordCount", "NetworkKey.ChainId",
                "NetworkKey.For", "NetworkKey.Key", "OrderSender.Account", "OrderSender.EstimateAsync",
                "OrderSender.LookUpAsync", "OrderSender.SendAgainAsync", "OrderSender.SendPaidAsync",
                "OrderSender.SendShortTermAsync", "OrderSender.SendStatefulAsync",
            ],
            givers, StringComparer.Ordinal);
    }

    private static bool Gives(MemberInfo member) => member switch
    {
        PropertyInfo => true,
        MethodInfo { IsSpecialName: false } method =>
            method.Name is not (nameof(ToString) or nameof(Dispose) or nameof(GetHashCode) or nameof(Equals)),
        _ => false,
    };

    private static bool HoldsSecret(Type type) =>
        !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
        && (type == typeof(SecretBuffer) || Fields(type).Any(field => IsSecret(field.FieldType)));

    private static bool IsSecret(Type type) =>
        type == typeof(SecretBuffer) || type == typeof(KeyPair) || type == typeof(Mnemonic);

    private static FieldInfo[] Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);

    private static IEnumerable<string> Shown(object value, int depth)
    {
        yield return value.ToString()!;
        if (value is ReadOnlyMemory<byte> bytes) yield return Convert.ToHexStringLower(bytes.Span);
        if (depth > 3 || value is string || value.GetType().IsPrimitive) yield break;
        if (value is IEnumerable many)
        {
            foreach (var item in many.Cast<object>())
            {
                foreach (var text in Shown(item, depth + 1)) yield return text;
            }
        }

        var properties = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0
                && !property.PropertyType.IsByRefLike);
        foreach (var property in properties)
        {
            if (property.GetValue(value) is not { } inner) continue;
            foreach (var text in Shown(inner, depth + 1)) yield return text;
        }
    }

    private static void ShowsNothing(string text)
    {
        Assert.DoesNotContain("abandon", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Hex[..8], text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            Convert.ToBase64String(Convert.FromHexString(Hex))[..8], text, StringComparison.Ordinal);
    }
}

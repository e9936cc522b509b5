using System.Collections.Immutable;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;

namespace Perpkeel.Venues.Dydx.Authenticators;

/// <summary>A rule with another key in it, and otherwise as it was.</summary>
internal static class AuthenticatorRekeying
{
    public static Result<AuthenticatorRule, AuthenticatorError> Of(
        AuthenticatorRule old, PublicKey key, ImmutableArray<uint>? subaccounts,
        ImmutableArray<uint>? clobPairIds)
    {
        var parts = Parts(old).ToList();
        if (parts.Find(part => part is AuthenticatorRule.Unreadable) is { } unreadable)
        {
            return AuthenticatorError.Unreadable(unreadable.TypeName);
        }

        var keys = parts.OfType<AuthenticatorRule.SignatureVerification>().Select(check => check.Key)
            .Distinct().ToList();
        if (keys.Count != 1) return AuthenticatorError.NotOneKey(keys.Count);
        if (keys[0].Equals(key)) return AuthenticatorError.SameKey;
        var rule = Map(old, part => part switch
        {
            AuthenticatorRule.SignatureVerification => new AuthenticatorRule.SignatureVerification(key),
            AuthenticatorRule.SubaccountFilter when subaccounts is { } numbers =>
                new AuthenticatorRule.SubaccountFilter(numbers),
            AuthenticatorRule.ClobPairIdFilter when clobPairIds is { } ids =>
                new AuthenticatorRule.ClobPairIdFilter(ids),
            _ => part,
        });
        if (subaccounts is { } named && !parts.Exists(part => part is AuthenticatorRule.SubaccountFilter))
        {
            rule = And(rule, new AuthenticatorRule.SubaccountFilter(named));
        }

        return clobPairIds is { } markets && !parts.Exists(part => part is AuthenticatorRule.ClobPairIdFilter)
            ? And(rule, new AuthenticatorRule.ClobPairIdFilter(markets))
            : rule;
    }

    private static AuthenticatorRule Map(
        AuthenticatorRule rule, Func<AuthenticatorRule, AuthenticatorRule> change) => rule switch
        {
            AuthenticatorRule.AllOf all => new AuthenticatorRule.AllOf(
                [.. all.Parts.Select(part => Map(part, change))]),
            AuthenticatorRule.AnyOf any => new AuthenticatorRule.AnyOf(
                [.. any.Parts.Select(part => Map(part, change))]),
            _ => change(rule),
        };

    private static IEnumerable<AuthenticatorRule> Parts(AuthenticatorRule rule) => rule switch
    {
        AuthenticatorRule.AllOf all => all.Parts.SelectMany(Parts),
        AuthenticatorRule.AnyOf any => any.Parts.SelectMany(Parts),
        _ => [rule],
    };

    private static AuthenticatorRule.AllOf And(AuthenticatorRule rule, AuthenticatorRule filter) =>
        rule is AuthenticatorRule.AllOf all
            ? new AuthenticatorRule.AllOf(all.Parts.Add(filter))
            : new AuthenticatorRule.AllOf([rule, filter]);
}

using System.Collections.Immutable;
using Google.Protobuf;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Protos.Accountplus;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Venues.Dydx.Authenticators;

/// <summary>A permission found on the chain.</summary>
/// <param name="Id">Its number; 0 is one too.</param>
/// <param name="Rule">What it permits.</param>
public sealed record FoundAuthenticator(ulong Id, AuthenticatorRule Rule);

/// <summary>
/// Keys that trade for an owner and cannot withdraw: rules are built, checked, found and taken back.
/// </summary>
public static class PermissionedKeys
{
    /// <summary>Bytes that the chain keeps of a rule.</summary>
    public const int MostBytes = 1024;

    private static readonly ImmutableArray<string> Trading =
        [TypeUrls.PlaceOrder, TypeUrls.CancelOrder, TypeUrls.BatchCancel];

    /// <summary>
    /// The usual rule: a key may place and cancel, on some subaccounts and in some markets. What it loses by
    /// trading badly, or gives away as builder fees, no rule can prevent: name liquid markets only.
    /// </summary>
    /// <param name="key">The key that will trade.</param>
    /// <param name="subaccounts">Subaccount numbers; none for all.</param>
    /// <param name="clobPairIds">Markets; none for all.</param>
    public static AuthenticatorRule TradingRule(
        PublicKey key, ImmutableArray<uint> subaccounts, ImmutableArray<uint> clobPairIds)
    {
        List<AuthenticatorRule> parts =
        [
            new AuthenticatorRule.SignatureVerification(key),
            new AuthenticatorRule.MessageFilter(Trading),
        ];
        if (!subaccounts.IsDefaultOrEmpty) parts.Add(new AuthenticatorRule.SubaccountFilter(subaccounts));
        if (!clobPairIds.IsDefaultOrEmpty) parts.Add(new AuthenticatorRule.ClobPairIdFilter(clobPairIds));
        return new AuthenticatorRule.AllOf([.. parts]);
    }

    /// <summary>
    /// The rule of an "API trading key" of the dYdX web page: it places and cancels on subaccount 0.
    /// </summary>
    public static AuthenticatorRule WebPageRule(PublicKey key) => new AuthenticatorRule.AllOf(
    [
        new AuthenticatorRule.SignatureVerification(key),
        new AuthenticatorRule.AnyOf(
            [.. Trading.Select(name => new AuthenticatorRule.MessageFilter([name]))]),
        new AuthenticatorRule.SubaccountFilter([0]),
    ]);

    /// <summary>
    /// The message by which an owner adds a rule. Refused when the chain would not take it, would take it and
    /// refuse every use, or when the key could withdraw under it.
    /// </summary>
    public static Result<MsgAddAuthenticator, AuthenticatorError> Add(
        DydxAddress owner, AuthenticatorRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (CheckShape(rule) is { } broken) return broken;
        var audit = AuthenticatorAudit.Of(rule);
        if (!audit.NeedsSignature) return AuthenticatorError.NoSignature;
        if (audit.CouldWithdraw) return AuthenticatorError.CouldWithdraw(audit);
        var data = AuthenticatorCodec.Write(rule);
        if (data.Length > MostBytes) return AuthenticatorError.TooLong(data.Length);
        return new MsgAddAuthenticator
        {
            Sender = owner.Text,
            AuthenticatorType = rule.TypeName,
            Data = ByteString.CopyFrom(data),
        };
    }

    /// <summary>
    /// The message by which an owner takes a rule back. Orders that the key stored on the chain stay: cancel
    /// them with the owner's key.
    /// </summary>
    public static MsgRemoveAuthenticator Remove(DydxAddress owner, ulong id) =>
        new() { Sender = owner.Text, Id = id };

    /// <summary>
    /// The rule that permits another key what a rule on the chain permits its key: message types, subaccounts
    /// and markets stay unless others are told.
    /// </summary>
    /// <param name="old">The rule on the chain.</param>
    /// <param name="key">The key that will trade from now on.</param>
    /// <param name="subaccounts">Other subaccounts; null for those of the rule.</param>
    /// <param name="clobPairIds">Other markets; null for those of the rule.</param>
    public static Result<AuthenticatorRule, AuthenticatorError> Rotated(
        AuthenticatorRule old, PublicKey key, ImmutableArray<uint>? subaccounts,
        ImmutableArray<uint>? clobPairIds) =>
        AuthenticatorRekeying.Of(old, key, subaccounts, clobPairIds);

    /// <summary>Reads what the chain lists for an owner.</summary>
    public static ImmutableArray<FoundAuthenticator> Read(IEnumerable<AccountAuthenticator> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return
        [
            .. found.Select(one => new FoundAuthenticator(
                one.Id, AuthenticatorCodec.Read(one.Type, one.Config.Span))),
        ];
    }

    /// <summary>Reads a rule of a type, as it is stored or asked for.</summary>
    public static AuthenticatorRule Read(string type, ReadOnlyMemory<byte> data) =>
        AuthenticatorCodec.Read(type, data.Span);

    /// <summary>Of some permissions, those that a key has to sign for.</summary>
    public static ImmutableArray<FoundAuthenticator> Of(
        PublicKey key, IEnumerable<FoundAuthenticator> found) =>
        [.. found.Where(one => Names(one.Rule, key))];

    private static bool Names(AuthenticatorRule rule, PublicKey key) => rule switch
    {
        AuthenticatorRule.SignatureVerification check => check.Key.Equals(key),
        AuthenticatorRule.AllOf all => all.Parts.Any(part => Names(part, key)),
        AuthenticatorRule.AnyOf any => any.Parts.Any(part => Names(part, key)),

        // What cannot be read may name any key: it is shown rather than left out.
        AuthenticatorRule.Unreadable => true,
        _ => false,
    };

    private static AuthenticatorError? CheckShape(AuthenticatorRule rule) => rule switch
    {
        AuthenticatorRule.AllOf all => CheckParts(rule, all.Parts),
        AuthenticatorRule.AnyOf any => CheckParts(rule, any.Parts),
        AuthenticatorRule.MessageFilter filter => CheckNames(rule, filter.TypeNames),
        AuthenticatorRule.SubaccountFilter filter => CheckNumbers(
            rule, filter.Numbers, DydxSubaccount.HighestNumber),
        AuthenticatorRule.ClobPairIdFilter filter => CheckNumbers(rule, filter.ClobPairIds, uint.MaxValue),
        AuthenticatorRule.Unreadable => AuthenticatorError.Unreadable(rule.TypeName),
        _ => null,
    };

    private static AuthenticatorError? CheckParts(
        AuthenticatorRule rule, ImmutableArray<AuthenticatorRule> parts) =>
        parts.Length < 2
            ? AuthenticatorError.TooFewParts(rule.TypeName)
            : parts.Select(CheckShape).FirstOrDefault(error => error is not null);

    private static AuthenticatorError? CheckNames(AuthenticatorRule rule, ImmutableArray<string> names)
    {
        if (names.IsDefaultOrEmpty) return AuthenticatorError.BadList(rule.TypeName, "it names nothing");
        var bad = names.FirstOrDefault(
            name => !name.StartsWith('/') || name.AsSpan().ContainsAny(", \t\r\n"));
        return bad is null ? null : AuthenticatorError.BadList(rule.TypeName, $"'{bad}' is no type URL");
    }

    private static AuthenticatorError? CheckNumbers(
        AuthenticatorRule rule, ImmutableArray<uint> numbers, uint highest)
    {
        if (numbers.IsDefaultOrEmpty) return AuthenticatorError.BadList(rule.TypeName, "it names nothing");
        return numbers.Any(number => number > highest)
            ? AuthenticatorError.BadList(rule.TypeName, $"{numbers.Max()} is above {highest}")
            : null;
    }
}

using System.Collections.Immutable;
using Perpkeel.Venues.Dydx.Transactions;

namespace Perpkeel.Venues.Dydx.Authenticators;

/// <summary>What a key can do under a rule, at most.</summary>
/// <remarks>
/// Filters of subaccounts and markets let every message pass that is no order and no cancel; only a filter of
/// message types keeps a key from withdrawing. A message counts as permitted when some order of subaccount
/// and market could be, so nothing that could be done is left out.
/// </remarks>
public sealed record AuthenticatorAudit
{
    /// <summary>Stands for all messages that nobody names.</summary>
    private const string AnyOther = "/*";

    private static readonly ImmutableArray<string> Harmless =
        [TypeUrls.PlaceOrder, TypeUrls.CancelOrder, TypeUrls.BatchCancel, TypeUrls.UpdateLeverage];

    /// <summary>Messages that move funds or hand on rights, by name.</summary>
    private static readonly ImmutableArray<string> Harmful =
    [
        TypeUrls.Withdraw, TypeUrls.CreateTransfer, TypeUrls.Send, TypeUrls.Deposit,
        TypeUrls.AddAuthenticator, TypeUrls.RemoveAuthenticator, "/cosmos.bank.v1beta1.MsgMultiSend",
        "/cosmos.authz.v1beta1.MsgGrant", "/cosmos.authz.v1beta1.MsgExec",
        "/ibc.applications.transfer.v1.MsgTransfer",
    ];

    private AuthenticatorAudit()
    {
    }

    /// <summary>Whether messages of every type are permitted.</summary>
    public required bool PermitsEverything { get; init; }

    /// <summary>
    /// The permitted messages that move funds or hand on rights; all known ones when everything is.
    /// </summary>
    public required ImmutableArray<string> Dangers { get; init; }

    /// <summary>The other permitted messages.</summary>
    public required ImmutableArray<string> Permits { get; init; }

    /// <summary>Whether a signature is needed on every way to satisfy the rule.</summary>
    public required bool NeedsSignature { get; init; }

    /// <summary>
    /// Whether who holds the key could take funds away, at once or after granting itself more. What is not
    /// known to be harmless counts.
    /// </summary>
    public bool CouldWithdraw => PermitsEverything || !Dangers.IsEmpty;

    /// <summary>Looks at a rule.</summary>
    public static AuthenticatorAudit Of(AuthenticatorRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var candidates = Harmless.Concat(Harmful).Concat(Named(rule)).Distinct(StringComparer.Ordinal);
        var permitted = candidates.Where(name => Permitted(rule, name)).ToList();
        return new AuthenticatorAudit
        {
            PermitsEverything = Permitted(rule, AnyOther),
            Dangers = [.. permitted.Except(Harmless, StringComparer.Ordinal)],
            Permits = [.. permitted.Intersect(Harmless, StringComparer.Ordinal)],
            NeedsSignature = Signed(rule),
        };
    }

    private static bool Permitted(AuthenticatorRule rule, string name) => rule switch
    {
        AuthenticatorRule.MessageFilter filter => filter.TypeNames.Contains(name, StringComparer.Ordinal),
        AuthenticatorRule.AllOf all => all.Parts.All(part => Permitted(part, name)),
        AuthenticatorRule.AnyOf any => any.Parts.Any(part => Permitted(part, name)),
        _ => true,
    };

    private static IEnumerable<string> Named(AuthenticatorRule rule) => rule switch
    {
        AuthenticatorRule.MessageFilter filter => filter.TypeNames,
        AuthenticatorRule.AllOf all => all.Parts.SelectMany(Named),
        AuthenticatorRule.AnyOf any => any.Parts.SelectMany(Named),
        _ => [],
    };

    private static bool Signed(AuthenticatorRule rule) => rule switch
    {
        AuthenticatorRule.SignatureVerification => true,
        AuthenticatorRule.AllOf all => all.Parts.Any(Signed),
        AuthenticatorRule.AnyOf any => !any.Parts.IsEmpty && any.Parts.All(Signed),
        _ => false,
    };
}

using System.Globalization;
using Perpkeel.Venues.Dydx.Errors;

namespace Perpkeel.Venues.Dydx.Authenticators;

/// <summary>Why a permission is not asked for.</summary>
/// <param name="Code">Stable name of the rule.</param>
/// <param name="Message">What is the matter and what mends it.</param>
/// <param name="OnChain">What the chain would answer; null where it would take it.</param>
public sealed record AuthenticatorError(string Code, string Message, ChainCode? OnChain)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";

    internal static AuthenticatorError CouldWithdraw(AuthenticatorAudit audit) => new(
        "could-withdraw",
        audit.PermitsEverything
            ? "Under this rule the key could do everything, also withdraw: filters of subaccounts and "
            + "markets let all other messages pass. Add a filter of message types."
            : $"Under this rule the key could send {string.Join(", ", audit.Dangers)}, and the chain cannot "
            + "bind it to a recipient. Leave these out.",
        null);

    internal static AuthenticatorError NoSignature { get; } = new(
        "no-signature", "A way to satisfy the rule needs no signature: anybody could use it.",
        ChainCodes.AuthenticatorMalformed);

    internal static AuthenticatorError NotOneKey(int keys) => new(
        "not-one-key",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{keys} keys sign under the rule, so it is not clear which is to be changed. Authorize the new "
            + $"key and remove the rule."),
        null);

    internal static AuthenticatorError SameKey { get; } = new(
        "same-key", "The rule names this very key already. Give the new one.", null);

    internal static AuthenticatorError TooFewParts(string type) => new(
        "too-few-parts", $"{type} needs at least two parts.", ChainCodes.AuthenticatorMalformed);

    internal static AuthenticatorError TooLong(int bytes) => new(
        "authenticator-too-long",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The rule has {bytes} bytes; the chain keeps {PermissionedKeys.MostBytes}. Name fewer markets "
            + $"or subaccounts."),
        ChainCodes.AuthenticatorTooLong);

    internal static AuthenticatorError BadList(string type, string reason) =>
        new("authenticator-list", $"{type}: {reason}. The chain would store it and refuse every use.", null);

    internal static AuthenticatorError Unreadable(string type) =>
        new("unreadable", $"A rule of the type {type} cannot be built here.", null);
}

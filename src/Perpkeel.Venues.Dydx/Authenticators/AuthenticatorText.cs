using System.Collections.Immutable;
using System.Text;

namespace Perpkeel.Venues.Dydx.Authenticators;

/// <summary>Rules in plain words.</summary>
public static class AuthenticatorText
{
    /// <summary>
    /// What a rule asks for, one thing a line, and whether a key under it could withdraw; ends in a newline.
    /// </summary>
    public static string Of(AuthenticatorRule rule)
    {
        var audit = AuthenticatorAudit.Of(rule);
        var text = new StringBuilder();
        Write(text, rule, string.Empty);
        text.Append(Verdict(audit)).Append('\n');
        if (!audit.NeedsSignature) text.Append("Warning: one way to satisfy it needs no signature at all.\n");
        return text.ToString();
    }

    private static string Verdict(AuthenticatorAudit audit)
    {
        if (audit.PermitsEverything)
        {
            return "Warning: this key could do everything that the owner can, also withdraw.";
        }

        return audit.CouldWithdraw
            ? $"Warning: this key could move funds or hand on rights by {Names(audit.Dangers)}."
            : $"This key cannot withdraw. It can send {Names(audit.Permits)}. It can still lose "
                + "money by its trades, and pay builder fees of up to 1 % of what it trades.";
    }

    private static void Write(StringBuilder text, AuthenticatorRule rule, string indent)
    {
        text.Append(indent);
        foreach (var letter in Line(rule)) text.Append(char.IsControl(letter) ? '\uFFFD' : letter);
        text.Append('\n');
        var parts = rule switch
        {
            AuthenticatorRule.AllOf all => all.Parts,
            AuthenticatorRule.AnyOf any => any.Parts,
            _ => [],
        };
        foreach (var part in parts) Write(text, part, indent + "  ");
    }

    private static string Line(AuthenticatorRule rule) => rule switch
    {
        AuthenticatorRule.SignatureVerification check =>
            $"signed by the key {check.Key} of {check.Key.Address}",
        AuthenticatorRule.MessageFilter filter => $"only messages {Names(filter.TypeNames)}",
        AuthenticatorRule.SubaccountFilter filter =>
            $"orders and cancels only for subaccount {string.Join(", ", filter.Numbers)}",
        AuthenticatorRule.ClobPairIdFilter filter =>
            $"orders and cancels only in clob pair {string.Join(", ", filter.ClobPairIds)}",
        AuthenticatorRule.AllOf => "all of:",
        AuthenticatorRule.AnyOf => "any one of:",
        AuthenticatorRule.Unreadable unreadable =>
            $"{unreadable.Type}, which cannot be read ({unreadable.Reason})",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The last words of type URLs, which say enough.</summary>
    private static string Names(ImmutableArray<string> names) => names.IsEmpty
        ? "nothing"
        : string.Join(", ", names.Select(name => name[(name.LastIndexOf('.') + 1)..]));
}

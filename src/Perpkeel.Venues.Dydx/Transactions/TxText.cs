using System.Globalization;
using System.Text;
using Google.Protobuf;
using Perpkeel.Venues.Dydx.Authenticators;
using Perpkeel.Venues.Dydx.Protos.Accountplus;

namespace Perpkeel.Venues.Dydx.Transactions;

/// <summary>A transaction for people to read.</summary>
public static class TxText
{
    /// <summary>
    /// Hash, signer, nonce, fee and every message with its fields by name, one thing a line; ends in a
    /// newline.
    /// </summary>
    public static string Of(DecodedTx tx)
    {
        ArgumentNullException.ThrowIfNull(tx);
        var text = new StringBuilder();
        Line(text, "hash", tx.Hash);
        Line(text, "signer", tx.Signer?.Address.Text ?? "(no key of secp256k1)");
        Line(text, "sequence", tx.Sequence.ToString(CultureInfo.InvariantCulture));
        foreach (var other in tx.OtherSigners)
        {
            Line(text, "further signer", Text(other));
        }

        Line(text, "fee", Fee(tx.Fee));
        if (tx.FeePayer.Length > 0) Line(text, "fee payer", tx.FeePayer);
        if (tx.FeeGranter.Length > 0) Line(text, "fee granter", tx.FeeGranter);
        if (tx.Memo.Length > 0) Line(text, "memo", tx.Memo);
        if (tx.TimeoutHeight > 0)
        {
            Line(text, "timeout", "block " + tx.TimeoutHeight.ToString(CultureInfo.InvariantCulture));
        }

        if (tx.Authenticators is { IsEmpty: false } ids) Line(text, "authenticators", string.Join(", ", ids));
        foreach (var extension in tx.Extensions) Line(text, "extension", Text(extension));
        var formatter = new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation());
        for (var i = 0; i < tx.Messages.Length; i++)
        {
            var message = tx.Messages[i];
            Line(text, string.Create(CultureInfo.InvariantCulture, $"message {i + 1}"), message.Name);

            // An account is no message of a transaction, and holds a key that has no text of its own.
            text.Append(message.Message is { } known and not Protos.Cosmos.BaseAccount
                ? formatter.Format(known)
                : Convert.ToHexStringLower(message.Value.Span));
            text.Append('\n');
            if (message.Message is MsgAddAuthenticator add) Rule(text, add);
        }

        return text.ToString();
    }

    /// <summary>The data of a permission is a text of its own in the message: here are its words.</summary>
    private static void Rule(StringBuilder text, MsgAddAuthenticator add)
    {
        var words = AuthenticatorText.Of(PermissionedKeys.Read(add.AuthenticatorType, add.Data.Memory));
        foreach (var line in words.TrimEnd('\n').Split('\n')) Line(text, "rule", line);
    }

    private static string Text(DecodedSigner signer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{signer.Key?.Address.Text ?? "(no key of secp256k1)"}, sequence {signer.Sequence}");

    private static string Text(DecodedExtension extension) =>
        $"{extension.Name}{(extension.IsCritical ? ", critical" : string.Empty)}: "
        + Convert.ToHexStringLower(extension.Value.Span);

    private static string Fee(TxFee fee)
    {
        var gas = fee.GasLimit.ToString(CultureInfo.InvariantCulture);
        return fee.Amounts.IsEmpty
            ? $"none, gas limit {gas}"
            : $"{string.Join(" + ", fee.Amounts)}, gas limit {gas}";
    }

    /// <summary>What others wrote never begins a line of its own.</summary>
    private static void Line(StringBuilder text, string name, string value)
    {
        text.Append(name).Append(": ");
        foreach (var letter in value) text.Append(char.IsControl(letter) ? '\uFFFD' : letter);
        text.Append('\n');
    }
}

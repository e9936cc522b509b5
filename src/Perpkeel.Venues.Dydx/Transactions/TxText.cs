using System.Globalization;
using System.Text;
using Google.Protobuf;

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
        Line(text, "fee", Fee(tx.Fee));
        if (tx.Memo.Length > 0) Line(text, "memo", tx.Memo);
        if (tx.TimeoutHeight > 0)
        {
            Line(text, "timeout", "block " + tx.TimeoutHeight.ToString(CultureInfo.InvariantCulture));
        }

        if (tx.Authenticators is { IsEmpty: false } ids) Line(text, "authenticators", string.Join(", ", ids));
        var formatter = new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation());
        for (var i = 0; i < tx.Messages.Length; i++)
        {
            var message = tx.Messages[i];
            Line(text, string.Create(CultureInfo.InvariantCulture, $"message {i + 1}"), message.Name);
            text.Append(message.Message is { } known
                ? formatter.Format(known)
                : Convert.ToHexStringLower(message.Value.Span));
            text.Append('\n');
        }

        return text.ToString();
    }

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

using System.Numerics;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Perpkeel.Venues.Dydx.Authenticators;
using Perpkeel.Venues.Dydx.Curve;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Protos.Cosmos;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Transactions;

[Trait("Req", "VEN-1")]
public sealed class TxDecoderTests
{
    [Theory]
    [InlineData("", "unreadable-text")]
    [InlineData("0x", "unreadable-text")]
    [InlineData("abc", "unreadable-text")]
    [InlineData("zz", "unreadable-text")]
    [InlineData("ff", "unreadable-envelope")]
    [InlineData("0a02ffff", "unreadable-body")]
    [InlineData("0a00", "unreadable-body")]
    public void What_is_no_transaction_is_refused_with_the_part(string hex, string code)
    {
        var error = TxDecoder.FromHex(hex).Error();

        Assert.Equal(code, error.Code);
        Assert.StartsWith($"{code}: These bytes", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_message_a_broken_fee_and_a_broken_signer_are_told_apart()
    {
        var body = new TxBody { Messages = { new Any { TypeUrl = TypeUrls.Send, Value = Bytes(0xFF) } } };
        Assert.Equal("unreadable-messages", Decode(body, new AuthInfo()).Error().Code);

        body.Messages[0].Value = ByteString.Empty;
        var fee = new Fee { Amount = { new Coin { Amount = "1.5", Denom = "adydx" } } };
        Assert.Equal("unreadable-fee", Decode(body, new AuthInfo { Fee = fee }).Error().Code);

        var signer = new SignerInfo { PublicKey = TypeUrls.Wrap(new PubKey { Key = Bytes(1, 2) }) };
        Assert.Null(Decode(body, new AuthInfo { SignerInfos = { signer } }).Value().Signer);

        var raw = new TxRaw { BodyBytes = body.ToByteString(), AuthInfoBytes = Bytes(0xFF) };
        Assert.Equal("unreadable-auth-info", TxDecoder.Decode(raw.ToByteArray()).Error().Code);
    }

    [Fact]
    public void A_message_that_is_not_known_keeps_its_bytes()
    {
        var body = new TxBody { Messages = { new Any { TypeUrl = "/other.Msg", Value = Bytes(1, 2, 3) } } };

        var decoded = Decode(body, new AuthInfo()).Value();

        var message = Assert.Single(decoded.Messages);
        Assert.Null(message.Message);
        Assert.Equal([1, 2, 3], message.Value.ToArray());
        Assert.Contains("/other.Msg\n010203\n", TxText.Of(decoded), StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_in_the_place_of_a_message_is_shown_as_its_bytes()
    {
        var account = new Protos.Cosmos.BaseAccount
        {
            PubKey = new Any { TypeUrl = "/unheard.of", Value = Bytes(1) },
        };
        var body = new TxBody { Messages = { TypeUrls.Wrap(account) } };

        var text = TxText.Of(Decode(body, new AuthInfo()).Value());

        Assert.Contains(
            Convert.ToHexStringLower(account.ToByteArray()), text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_names_everything()
    {
        using var curve = Secp256k1.Open();
        using var key = KeyPair.FromHex(new string('1', 64), curve).Value();
        var send = new MsgSend { FromAddress = key.Address.Text, ToAddress = "other" };
        var context = new TxContext
        {
            ChainId = "dydx-testnet-4",
            AccountNumber = 1,
            Sequence = 1_772_000_000_123,
            Memo = "a memo",
            TimeoutHeight = 9,
            Fee = new TxFee([new("adydx", 5), new("other", BigInteger.Pow(10, 30))], 77),
            Authenticators = [4],
        };
        var signed = TxBuilder.Sign([send], context, key).Value();

        var text = TxText.Of(TxDecoder.FromHex("0x" + Convert.ToHexString(signed.Bytes.Span)).Value());

        Assert.Equal(
            $$"""
            hash: {{signed.Hash}}
            signer: {{key.Address}}
            sequence: 1772000000123
            fee: 5 adydx + 1000000000000000000000000000000 other, gas limit 77
            memo: a memo
            timeout: block 9
            authenticators: 4
            message 1: /cosmos.bank.v1beta1.MsgSend
            {
              "fromAddress": "{{key.Address}}",
              "toAddress": "other"
            }

            """,
            text, ignoreLineEndingDifferences: true);
    }

    /// <summary>Nothing that changes who pays, who signs or what applies is left out.</summary>
    [Fact]
    public void Who_else_pays_and_signs_and_what_else_applies_is_shown()
    {
        using var curve = Secp256k1.Open();
        using var key = KeyPair.FromHex(new string('1', 64), curve).Value();
        var rule = PermissionedKeys.TradingRule(key.PublicKey, [0], [1]);
        var add = PermissionedKeys.Add(key.Address, rule).Value();
        var selection = new Any { TypeUrl = TypeUrls.TxExtension, Value = Bytes(0x0A, 0x01, 0x04) };
        var body = new TxBody
        {
            Messages = { TypeUrls.Wrap(add) },
            ExtensionOptions = { new Any { TypeUrl = "/a.Critical", Value = Bytes(1) } },
            NonCriticalExtensionOptions = { selection, new Any { TypeUrl = "/b.Other" }, selection.Clone() },
        };
        var signer = new SignerInfo
        {
            PublicKey = TypeUrls.Wrap(new PubKey { Key = ByteString.CopyFrom(key.PublicKey.Bytes.Span) }),
            Sequence = 6,
        };
        var authInfo = new AuthInfo
        {
            SignerInfos = { signer, signer, new SignerInfo { Sequence = 7 } },
            Fee = new Fee { Payer = "somebody", Granter = "another\nhash: forged" },
        };

        var text = TxText.Of(Decode(body, authInfo).Value());

        Assert.Contains($"further signer: {key.Address}, sequence 6\n", text, StringComparison.Ordinal);
        Assert.Contains("further signer: (no key of secp256k1), sequence 7", text, StringComparison.Ordinal);
        Assert.Contains("fee payer: somebody\n", text, StringComparison.Ordinal);
        Assert.Contains("fee granter: another\uFFFDhash: forged\n", text, StringComparison.Ordinal);
        Assert.Contains("authenticators: 4\n", text, StringComparison.Ordinal);
        Assert.Contains("extension: /a.Critical, critical: 01\n", text, StringComparison.Ordinal);
        Assert.Contains("extension: /b.Other: \n", text, StringComparison.Ordinal);
        Assert.Contains($"extension: {TypeUrls.TxExtension}: 0a0104\n", text, StringComparison.Ordinal);
        Assert.Contains("rule:   orders and cancels only in clob pair 1\n", text, StringComparison.Ordinal);
        Assert.Contains("rule: This key cannot withdraw.", text, StringComparison.Ordinal);
    }

    private static Core.Numbers.Result<DecodedTx, TxDecodeError> Decode(TxBody body, AuthInfo authInfo) =>
        TxDecoder.Decode(new TxRaw
        {
            BodyBytes = body.ToByteString(),
            AuthInfoBytes = authInfo.ToByteString(),
        }.ToByteArray());

    private static ByteString Bytes(params byte[] bytes) => ByteString.CopyFrom(bytes);
}

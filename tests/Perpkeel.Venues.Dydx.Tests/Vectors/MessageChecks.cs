using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Perpkeel.Venues.Dydx.Protos.Accountplus;
using Perpkeel.Venues.Dydx.Protos.Clob;
using Perpkeel.Venues.Dydx.Protos.Cosmos;
using Perpkeel.Venues.Dydx.Protos.Sending;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Vectors;

/// <summary>The bytes of messages whose fields a case gives by name.</summary>
internal static class MessageChecks
{
    private static readonly MessageDescriptor[] Known =
    [
        MsgPlaceOrder.Descriptor, MsgCancelOrder.Descriptor, MsgBatchCancel.Descriptor,
        MsgUpdateLeverage.Descriptor, MsgCreateTransfer.Descriptor, MsgDepositToSubaccount.Descriptor,
        MsgWithdrawFromSubaccount.Descriptor, MsgSend.Descriptor, MsgAddAuthenticator.Descriptor,
        MsgRemoveAuthenticator.Descriptor,
    ];

    public static void Check(VectorCase vector)
    {
        if (!vector.Inputs.TryGetProperty("typeUrl", out var url))
        {
            CheckBigInteger(vector);
            return;
        }

        var message = Message(vector);
        Assert.Equal(url.GetString(), TypeUrls.Of(message));
        Assert.Equal(vector.Expects("msgValueHex"), Hex(message));

        var wrapped = TypeUrls.Wrap(message);
        Assert.Equal(message, TypeUrls.Unwrap(wrapped));
    }

    /// <summary>The message that the inputs describe.</summary>
    public static IMessage Message(VectorCase vector)
    {
        var url = vector.Input("typeUrl");
        var descriptor = Known.Single(
            known => string.Equals($"/{known.FullName}", url, StringComparison.Ordinal));
        var fields = JsonNode.Parse(vector.Inputs.GetRawText())!.AsObject();
        if (fields["data_utf8"]?.GetValue<string>() is { } text)
        {
            fields["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        }

        var parser = new JsonParser(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
        return parser.Parse(WithoutNulls(fields).ToJsonString(), descriptor);
    }

    public static string Hex(IMessage message) => Convert.ToHexStringLower(message.ToByteArray());

    /// <summary>A null of the official client is a field that is not there.</summary>
    private static JsonObject WithoutNulls(JsonObject node)
    {
        foreach (var (name, value) in node.ToList())
        {
            if (value is null) node.Remove(name);
            if (value is JsonObject inner) WithoutNulls(inner);
        }

        return node;
    }

    /// <summary>
    /// Zero has three forms that all mean the same; the chain writes the shortest, the official client a
    /// longer one.
    /// </summary>
    private static void CheckBigInteger(VectorCase vector)
    {
        var value = BigInteger.Parse(vector.Input("value"), CultureInfo.InvariantCulture);
        var expected = Convert.FromHexString(vector.Expects("bytesHex"));

        Assert.True(BigIntegerBytes.TryRead(expected, out var read));
        Assert.Equal(value, read);
        if (value.IsZero) expected = [2];
        Assert.Equal(expected, BigIntegerBytes.Write(value));
    }
}

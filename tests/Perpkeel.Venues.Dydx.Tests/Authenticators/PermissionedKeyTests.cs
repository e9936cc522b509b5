using System.Collections.Immutable;
using System.Text;
using Google.Protobuf;
using Perpkeel.Venues.Dydx.Authenticators;
using Perpkeel.Venues.Dydx.Errors;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Protos.Accountplus;
using Perpkeel.Venues.Dydx.Tests.Orders;
using Perpkeel.Venues.Dydx.Transactions;
using Xunit;
using Rule = Perpkeel.Venues.Dydx.Authenticators.AuthenticatorRule;

namespace Perpkeel.Venues.Dydx.Tests.Authenticators;

[Trait("Req", "USR-4")]
public sealed class PermissionedKeyTests
{
    private static readonly PublicKey Key =
        PublicKey.FromBase64("AlamQtNuTEHlCbn4ZQ20em/bbQNcaAJO54yMOCoE8OTy").Value();

    private static readonly PublicKey Other =
        PublicKey.FromBase64("A0iQ+HpUfJGcgcH7iiEzY9VwCYWCTwg5LsTjc/q1XwSc").Value();

    private static readonly Rule Signed = new Rule.SignatureVerification(Key);

    [Fact]
    public void A_trading_rule_places_and_cancels_and_cannot_withdraw()
    {
        const string risk =
            "It can still lose money by its trades, and pay builder fees of up to 1 % of what it trades.";
        var rule = PermissionedKeys.TradingRule(Key, [0, 128], [0, 1]);

        var audit = AuthenticatorAudit.Of(rule);

        Assert.False(audit.CouldWithdraw);
        Assert.True(audit.NeedsSignature);
        Assert.Equal([TypeUrls.PlaceOrder, TypeUrls.CancelOrder, TypeUrls.BatchCancel], audit.Permits);
        Assert.Equal("AllOf", PermissionedKeys.Add(Samples.Alice, rule).Value().AuthenticatorType);
        Assert.Equal(
            $"""
            all of:
              signed by the key {Key} of {Samples.Bob}
              only messages MsgPlaceOrder, MsgCancelOrder, MsgBatchCancel
              orders and cancels only for subaccount 0, 128
              orders and cancels only in clob pair 0, 1
            This key cannot withdraw. It can send MsgPlaceOrder, MsgCancelOrder, MsgBatchCancel. {risk}

            """,
            AuthenticatorText.Of(rule), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_rotated_rule_keeps_subaccounts_and_markets_unless_others_are_told()
    {
        var old = PermissionedKeys.TradingRule(Key, [0, 128], [5]);

        Assert.Equal(
            AuthenticatorText.Of(PermissionedKeys.TradingRule(Other, [0, 128], [5])),
            AuthenticatorText.Of(PermissionedKeys.Rotated(old, Other, null, null).Value()),
            StringComparer.Ordinal);
        Assert.Equal(
            AuthenticatorText.Of(PermissionedKeys.TradingRule(Other, [7], [5])),
            AuthenticatorText.Of(PermissionedKeys.Rotated(old, Other, [7], null).Value()),
            StringComparer.Ordinal);
    }

    /// <summary>A rule of another shape is not widened to the usual one.</summary>
    [Fact]
    public void A_rotated_rule_permits_no_more_messages_than_before()
    {
        var old = new Rule.AllOf([Signed, new Rule.MessageFilter([TypeUrls.CancelOrder])]);

        var rotated = PermissionedKeys.Rotated(old, Other, [3], [1]).Value();

        Assert.Equal([TypeUrls.CancelOrder], AuthenticatorAudit.Of(rotated).Permits);
        Assert.Contains("only for subaccount 3\n", AuthenticatorText.Of(rotated), StringComparison.Ordinal);
        Assert.Contains("only in clob pair 1\n", AuthenticatorText.Of(rotated), StringComparison.Ordinal);
        Assert.DoesNotContain(Key.ToString(), AuthenticatorText.Of(rotated), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_of_two_keys_or_of_none_or_of_the_same_key_is_not_rotated()
    {
        var two = new Rule.AnyOf([Signed, new Rule.SignatureVerification(Other)]);
        var unreadable = new Rule.AllOf([Signed, new Rule.Unreadable("New", "not known")]);

        Assert.Equal("not-one-key", PermissionedKeys.Rotated(two, Other, null, null).Error().Code);
        Assert.Equal(
            "not-one-key",
            PermissionedKeys.Rotated(new Rule.MessageFilter(["/a"]), Other, null, null).Error().Code);
        Assert.Equal("same-key", PermissionedKeys.Rotated(Signed, Key, null, null).Error().Code);
        Assert.Equal("unreadable", PermissionedKeys.Rotated(unreadable, Other, null, null).Error().Code);
    }

    [Fact]
    public void Subaccounts_and_markets_may_be_left_out()
    {
        var rule = Assert.IsType<Rule.AllOf>(PermissionedKeys.TradingRule(Key, [], []));

        Assert.Equal(2, rule.Parts.Length);
        PermissionedKeys.Add(Samples.Alice, rule).Value();
    }

    /// <summary>Filters of subaccounts and markets alone keep nobody from withdrawing.</summary>
    [Theory]
    [MemberData(nameof(Dangerous))]
    public void A_rule_under_which_a_key_could_withdraw_is_refused_and_told(string name, bool everything)
    {
        var rule = Rules()[name];

        var error = PermissionedKeys.Add(Samples.Alice, rule).Error();
        var audit = AuthenticatorAudit.Of(rule);

        Assert.Equal("could-withdraw", error.Code);
        Assert.Equal((true, everything), (audit.CouldWithdraw, audit.PermitsEverything));
        Assert.Contains("Warning", AuthenticatorText.Of(rule), StringComparison.Ordinal);
    }

    public static TheoryData<string, bool> Dangerous() => new()
    {
        { "the key alone", true },
        { "subaccounts and markets", true },
        { "any of filters", true },
        { "withdraw by name", false },
        { "transfer in one branch", false },
        { "more keys", false },
        { "a message that nobody knows", false },
        { "authz", false },
    };

    private static Dictionary<string, Rule> Rules() => new(StringComparer.Ordinal)
    {
        ["the key alone"] = Signed,
        ["subaccounts and markets"] =
            new Rule.AllOf([Signed, new Rule.SubaccountFilter([0]), new Rule.ClobPairIdFilter([0])]),
        ["any of filters"] = new Rule.AllOf(
            [Signed, new Rule.AnyOf([Messages(TypeUrls.PlaceOrder), new Rule.SubaccountFilter([0])])]),
        ["withdraw by name"] = new Rule.AllOf([Signed, Messages(TypeUrls.PlaceOrder, TypeUrls.Withdraw)]),
        ["transfer in one branch"] = new Rule.AllOf(
            [Signed, new Rule.AnyOf([Messages(TypeUrls.PlaceOrder), Messages(TypeUrls.CreateTransfer)])]),
        ["more keys"] = new Rule.AllOf([Signed, Messages(TypeUrls.AddAuthenticator)]),
        ["a message that nobody knows"] = new Rule.AllOf([Signed, Messages("/new.module.MsgTakeAll")]),
        ["authz"] = new Rule.AllOf([Signed, Messages("/cosmos.authz.v1beta1.MsgExec")]),
    };

    /// <summary>Two filters of messages in one AllOf leave what both permit.</summary>
    [Fact]
    public void Filters_that_exclude_each_other_permit_nothing()
    {
        var rule = new Rule.AllOf([Signed, Messages(TypeUrls.PlaceOrder), Messages(TypeUrls.Withdraw)]);

        Assert.Empty(AuthenticatorAudit.Of(rule).Permits);
        Assert.False(AuthenticatorAudit.Of(rule).CouldWithdraw);
        Assert.Contains("It can send nothing", AuthenticatorText.Of(rule), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_way_needs_a_signature()
    {
        var trading = Messages(TypeUrls.PlaceOrder);
        var open = new Rule.AnyOf([new Rule.AllOf([Signed, trading]), trading]);

        var error = PermissionedKeys.Add(Samples.Alice, open).Error();

        Assert.Equal(("no-signature", ChainCodes.AuthenticatorMalformed), (error.Code, error.OnChain));
        Assert.Contains("no signature at all", AuthenticatorText.Of(open), StringComparison.Ordinal);
        PermissionedKeys.Add(
            Samples.Alice,
            new Rule.AllOf(
                [trading, new Rule.AnyOf([Signed, new Rule.SignatureVerification(Other)])])).Value();
    }

    /// <summary>The chain would store these and refuse every use, or not store them at all.</summary>
    [Fact]
    public void A_malformed_rule_is_refused()
    {
        Code("too-few-parts", new Rule.AllOf([Signed]));
        Code("too-few-parts", new Rule.AllOf([Signed, new Rule.AnyOf([Messages(TypeUrls.PlaceOrder)])]));
        Code("authenticator-list", new Rule.AllOf([Signed, Messages()]));
        Code("authenticator-list", new Rule.AllOf([Signed, Messages("dydxprotocol.clob.MsgPlaceOrder")]));
        Code("authenticator-list", new Rule.AllOf([Signed, Messages("/a.Msg, /b.Msg")]));
        Code("authenticator-list", PermissionedKeys.TradingRule(Key, [128_001], []));
        Code("authenticator-list", new Rule.AllOf([Signed, new Rule.ClobPairIdFilter([])]));
        Code("unreadable", new Rule.AllOf([Signed, new Rule.Unreadable("New", "unknown")]));
        Code("authenticator-too-long", PermissionedKeys.TradingRule(Key, Many(200), []));
        PermissionedKeys.Add(Samples.Alice, PermissionedKeys.TradingRule(Key, Many(80), [])).Value();

        static void Code(string code, Rule rule)
        {
            var error = PermissionedKeys.Add(Samples.Alice, rule).Error();
            Assert.StartsWith($"{code}: ", error.ToString(), StringComparison.Ordinal);
        }

        static ImmutableArray<uint> Many(int count) =>
            [.. Enumerable.Range(1_000, count).Select(n => (uint)n)];
    }

    [Fact]
    public void What_the_chain_lists_is_read_and_found_by_key()
    {
        var mine = PermissionedKeys.TradingRule(Key, [0], []);
        var listed = PermissionedKeys.Read(
        [
            Listed(0, mine), Listed(5, PermissionedKeys.WebPageRule(Other)), Listed(6, Signed),
            new AccountAuthenticator { Id = 9, Type = "New", Config = ByteString.CopyFromUtf8("?") },
        ]);

        // What cannot be read may be anybody's.
        Assert.Equal([0UL, 6UL, 9UL], PermissionedKeys.Of(Key, listed).Select(found => found.Id));
        Assert.Equal([5UL, 9UL], PermissionedKeys.Of(Other, listed).Select(found => found.Id));
        Assert.True(AuthenticatorAudit.Of(listed[3].Rule).CouldWithdraw);
        Assert.Contains("cannot be read", AuthenticatorText.Of(listed[3].Rule), StringComparison.Ordinal);
        Assert.Contains("any one of:\n", AuthenticatorText.Of(listed[1].Rule), StringComparison.Ordinal);

        static AccountAuthenticator Listed(ulong id, Rule rule) => new()
        {
            Id = id,
            Type = rule.TypeName,
            Config = ByteString.CopyFrom(AuthenticatorCodec.Write(rule)),
        };
    }

    /// <summary>The official Python client writes configs as numbers instead of base64.</summary>
    [Fact]
    public void A_config_of_numbers_is_read_too()
    {
        var numbers = string.Join(',', Key.Bytes.ToArray());
        var data =
            $$"""
            [{"type":"SignatureVerification","config":[{{numbers}}]},
            {"type":"SubaccountFilter","config":[48]}]
            """;

        var rule = Assert.IsType<Rule.AllOf>(AuthenticatorCodec.Read("AllOf", Encoding.UTF8.GetBytes(data)));

        Assert.Equal(new Rule.SignatureVerification(Key), rule.Parts[0]);
        Assert.Equal([0U], Assert.IsType<Rule.SubaccountFilter>(rule.Parts[1]).Numbers);
    }

    [Theory]
    [InlineData("SignatureVerification", "short")]
    [InlineData("SubaccountFilter", "0, 1")]
    [InlineData("SubaccountFilter", "")]
    [InlineData("ClobPairIdFilter", "-1")]
    [InlineData("AllOf", "{}")]
    [InlineData("AllOf", "not json")]
    [InlineData("AnyOf", "[1]")]
    [InlineData("AnyOf", """[{"type":"SubaccountFilter"}]""")]
    [InlineData("AnyOf", """[{"type":1,"config":"MA=="}]""")]
    [InlineData("AnyOf", """[{"type":"SubaccountFilter","config":"?"}]""")]
    [InlineData("AnyOf", """[{"type":"SubaccountFilter","config":[256]}]""")]
    [InlineData("AnyOf", """[{"type":"SubaccountFilter","config":5}]""")]
    [InlineData("PartitionedAllOf", "[]")]
    public void What_cannot_be_read_is_told_and_counts_as_dangerous(string type, string config)
    {
        var rule = AuthenticatorCodec.Read(type, Encoding.UTF8.GetBytes(config));

        Assert.Equal(type, Assert.IsType<Rule.Unreadable>(rule).TypeName);
        Assert.True(AuthenticatorAudit.Of(rule).PermitsEverything);
        Assert.Throws<ArgumentException>(() => AuthenticatorCodec.Write(rule));
    }

    [Fact]
    public void A_rule_that_is_nested_without_end_is_not_followed()
    {
        Rule rule = Signed;
        for (var i = 0; i < 12; i++) rule = new Rule.AllOf([rule, Messages("/a.B")]);

        var read = AuthenticatorCodec.Read("AllOf", AuthenticatorCodec.Write(rule));

        Assert.Contains("cannot be read", AuthenticatorText.Of(read), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_is_taken_back_by_its_id_also_by_zero()
    {
        var message = PermissionedKeys.Remove(Samples.Alice, 0);

        Assert.Equal((Samples.Alice.Text, 0UL), (message.Sender, message.Id));
    }

    private static Rule.MessageFilter Messages(params ImmutableArray<string> names) => new(names);
}

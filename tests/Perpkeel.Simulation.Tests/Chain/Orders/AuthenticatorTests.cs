using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Tests.Chain.Blocks;
using Xunit;
using static Perpkeel.Simulation.Tests.Chain.Blocks.VenueScene;

namespace Perpkeel.Simulation.Tests.Chain.Orders;

/// <summary>Permissioned keys: which transactions they may sign.</summary>
[Trait("Req", "PAP-1")]
public sealed class AuthenticatorTests
{
    private const int Key = 7;
    private const int Bytes = 355;

    private readonly VenueScene _scene = new();
    private readonly SubaccountKey _ann;

    public AuthenticatorTests() => _ann = _scene.Account("ann");

    private static Authenticator Signed => new Authenticator.SignatureVerification(Key);

    private static Authenticator Trading => new Authenticator.AllOf(
    [
        Signed,
        new Authenticator.MessageFilter(
            ["/dydxprotocol.clob.MsgPlaceOrder", "/dydxprotocol.clob.MsgCancelOrder"]),
        new Authenticator.SubaccountFilter([0, 128]),
        new Authenticator.ClobPairIdFilter([Btc]),
    ]);

    [Fact]
    public void Tx_10_a_key_places_orders_under_its_rule()
    {
        Assert.Equal(0ul, Register(Trading));

        Accepted(Send(Key, [0], Place()));
        Accepted(Send(Key, [0], new ChainMessage.Place(_scene.LongTerm(_ann, Side.Buy, 1, 40_000))));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    public void Tx_10_4_each_part_of_a_rule_has_a_code(int code)
    {
        Authenticator part = code switch
        {
            100 => new Authenticator.SignatureVerification(Key + 1),
            101 => new Authenticator.MessageFilter(["/dydxprotocol.clob.MsgCancelOrder"]),
            102 => new Authenticator.ClobPairIdFilter([Eth]),
            _ => new Authenticator.SubaccountFilter([5]),
        };
        var bare = code == 100 ? Register(part) : Register(new Authenticator.AllOf([Signed, part]));

        var result = Send(Key, [bare], Place());

        Refused("dydxaccountplus", code == 100 ? 100 : 104, result);
        Assert.Contains(
            code == 100 ? "signature" : $"dydxaccountplus/{code}", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tx_10_4_any_of_needs_one_part_that_passes()
    {
        var other = new Authenticator.SignatureVerification(Key + 1);
        Accepted(Send(Key, [Register(new Authenticator.AnyOf([other, Signed]))], Place()));

        Refused("dydxaccountplus", 105, Send(
            Key, [Register(new Authenticator.AnyOf([other, other]))], Place()));
    }

    [Fact]
    public void Tx_10_1_filters_of_subaccounts_and_pairs_let_other_messages_pass()
    {
        var id = Register(new Authenticator.AllOf(
            [Signed, new Authenticator.SubaccountFilter([5]), new Authenticator.ClobPairIdFilter([Eth])]));

        Accepted(Send(Key, [id], new ChainMessage.Transfer(_ann, _ann with { Number = 1 }, 1)));
        Refused("dydxaccountplus", 104, Send(
            Key, [id], new ChainMessage.BatchCancel(_ann with { Number = 5 }, [(Btc, [1u])], _scene.Next)));
    }

    [Fact]
    public void Tx_10_4_there_is_one_id_for_each_message_and_each_is_known()
    {
        var id = Register(Trading);
        var order = new ChainMessage.Place(_scene.LongTerm(_ann, Side.Buy, 1, 40_000));

        Refused("sdk", 18, Send(Key, [id, id], order));
        Refused("dydxaccountplus", 1, Send(Key, [id + 1], order));
    }

    [Fact]
    public void Tx_5_another_key_without_a_rule_is_no_signature() =>
        Refused("sdk", 4, Send(Key, null, Place()));

    [Fact]
    public void Tx_10_4_the_nonce_is_looked_at_before_the_rule()
    {
        var order = new ChainMessage.Place(_scene.LongTerm(_ann, Side.Buy, 1, 40_000));

        Refused("sdk", 32, _scene.Venue.Submit(new ChainTx(_ann.Owner, 9, [order], [5]) { Key = Key }));
    }

    [Fact]
    public void Tx_10_1_every_way_through_a_rule_checks_a_signature_and_a_rule_is_short()
    {
        var filter = new Authenticator.SubaccountFilter([0]);
        Refused("dydxaccountplus", 5, Added(filter));
        Refused("dydxaccountplus", 5, Added(new Authenticator.AllOf([filter, filter])));
        Refused("dydxaccountplus", 5, Added(new Authenticator.AnyOf([Signed, filter])));
        Refused("dydxaccountplus", 5, Added(new Authenticator.AllOf([Signed])));
        Refused("dydxaccountplus", 3, Added(Signed, AuthenticatorBook.MostBytes + 1));
        Accepted(Added(Signed, AuthenticatorBook.MostBytes));
    }

    [Fact]
    public void Tx_10_4_after_a_rule_is_removed_nothing_new_passes_and_its_resting_orders_go_when_met()
    {
        var id = Register(Trading);
        var order = _scene.Order(_ann, Side.Buy, 1, 49_000) with { GoodTilBlock = _scene.Next + 30 };
        Accepted(Send(Key, [id], new ChainMessage.Place(order)));
        var kept = _scene.LongTerm(_ann, Side.Buy, 1, 48_000);
        Accepted(Send(Key, [id], new ChainMessage.Place(kept)));
        Accepted(_scene.Send(new ChainMessage.RemoveAuthenticator(_ann.Owner, id)));
        Accepted(_scene.Block().Txs[^1].Result);

        Refused("dydxaccountplus", 1, Send(Key, [id], Place()));
        Accepted(_scene.Place(_scene.Order(_scene.Account("bob"), Side.Sell, 1, 48_000)));

        Assert.Contains(_scene.Venue.NodeEvents, told =>
            told.Order.Id == order.Id && told.Reason == RemovalReason.PermissionedKeyExpired);
        Assert.Equal(kept.Id, Assert.Single(_scene.Block().Fills).Maker.Order);
    }

    [Fact]
    public void Tx_10_4_a_rule_that_is_not_there_cannot_be_removed()
    {
        Accepted(_scene.Send(new ChainMessage.RemoveAuthenticator(_ann.Owner, 3)));

        Refused("dydxaccountplus", 1, Assert.Single(_scene.Block().Txs).Result);
    }

    [Fact]
    public void Tx_3_rules_of_a_transaction_that_fails_are_taken_back()
    {
        var id = Register(Signed);
        Accepted(_scene.Send(
            new ChainMessage.RemoveAuthenticator(_ann.Owner, id),
            new ChainMessage.AddAuthenticator(_ann.Owner, Trading, Bytes),
            new ChainMessage.Withdraw(_ann, _ann.Owner, 2_000_000 * Usd)));

        Refused("subaccounts", 102, Assert.Single(_scene.Block().Txs).Result);

        Accepted(Send(Key, [id], Place()));
        Assert.Equal(id + 1, Register(Trading));
    }

    [Fact]
    public void Tx_10_4_governance_may_switch_permissioned_keys_off()
    {
        var scene = new VenueScene(new OrderParameters { ArePermissionedKeysActive = false });
        var ann = scene.Account("ann");
        var place = new ChainMessage.Place(scene.Order(ann, Side.Buy, 1, 40_000));

        Refused("dydxaccountplus", 4, scene.Venue.Submit(
            new ChainTx(ann.Owner, 0, [place], [0]) { Key = Key }));
        Accepted(scene.Send(new ChainMessage.AddAuthenticator(ann.Owner, Signed, Bytes)));
        Refused("dydxaccountplus", 4, Assert.Single(scene.Block().Txs).Result);
    }

    private ChainMessage.Place Place() => new(_scene.Order(_ann, Side.Buy, 1, 40_000));

    private TxResult Send(int key, ulong[]? rules, ChainMessage message) => _scene.Venue.Submit(new ChainTx(
        _ann.Owner, _scene.Venue.NextSequence(_ann.Owner), [message], rules)
    { Key = key });

    private TxResult Added(Authenticator rule, int bytes = Bytes)
    {
        Accepted(_scene.Send(new ChainMessage.AddAuthenticator(_ann.Owner, rule, bytes)));
        return Assert.Single(_scene.Block().Txs).Result;
    }

    private ulong Register(Authenticator rule)
    {
        Accepted(Added(rule));
        return _scene.Venue.State.Keys.NextId - 1;
    }
}

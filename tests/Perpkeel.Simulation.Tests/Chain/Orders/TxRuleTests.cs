using Perpkeel.Core.Instruments;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Tests.Chain.Blocks;
using Xunit;
using static Perpkeel.Simulation.Tests.Chain.Blocks.VenueScene;

namespace Perpkeel.Simulation.Tests.Chain.Orders;

/// <summary>What a transaction must be in itself, and what its nonce must be.</summary>
[Trait("Req", "PAP-1")]
public sealed class TxRuleTests
{
    private readonly VenueScene _scene = new();
    private readonly SubaccountKey _ann;
    private readonly SubaccountKey _child;

    public TxRuleTests()
    {
        _ann = _scene.Account("ann");
        _child = _ann with { Number = 128 };
    }

    private ChainMessage Short => new ChainMessage.Place(_scene.Order(_ann, Side.Buy, 1, 40_000));

    private ChainMessage Long => new ChainMessage.Place(_scene.LongTerm(_ann, Side.Buy, 1, 40_000));

    private ChainMessage Transfer => new ChainMessage.Transfer(_ann, _child, 1_000 * Usd);

    private ulong NowMs => (ulong)_scene.Venue.Time.ToUnixTimeMilliseconds();

    [Fact]
    public void Tx_7_1_a_transaction_has_a_message() => Refused("sdk", 18, _scene.Send());

    [Fact]
    public void Tx_7_1_a_short_term_message_is_alone()
    {
        Refused("sdk", 18, _scene.Send(Short, Short));
        Refused("sdk", 18, _scene.Send(Transfer, Short));
        Refused("sdk", 18, _scene.Send(
            Long, new ChainMessage.Cancel(_scene.Order(_ann, Side.Buy, 1, 1).Id, _scene.Next, 0)));
    }

    [Fact]
    public void Tx_3_beside_orders_there_is_at_most_one_transfer_and_nothing_else()
    {
        Refused("sdk", 18, _scene.Send(Transfer, Transfer, Long));
        Refused("sdk", 18, _scene.Send(Long, new ChainMessage.Withdraw(_ann, _ann.Owner, 1)));
        Accepted(_scene.Send(Transfer, Long));
    }

    [Fact]
    public void Tx_3_without_orders_there_may_be_many_moves_of_money() =>
        Accepted(_scene.Send(Transfer, Transfer, new ChainMessage.Withdraw(_ann, _ann.Owner, 1)));

    [Fact]
    public void Tx_4_2_everybody_signs_for_himself()
    {
        var bob = _scene.Account("bob");

        var result = _scene.Venue.Submit(new ChainTx(bob.Owner, 0, [Short], null));

        Refused("sdk", 4, result);
    }

    [Fact]
    public void Tx_11_moves_of_money_are_looked_at_before_they_wait()
    {
        Refused("sending", 1, _scene.Send(new ChainMessage.Transfer(_ann, _ann, 1)));
        Refused("sending", 2, _scene.Send(new ChainMessage.Transfer(_ann, _child, 0)));
        Refused("sending", 2, _scene.Send(new ChainMessage.Deposit(_ann.Owner, _ann, -1)));
        Refused("sending", 6, _scene.Send(new ChainMessage.Withdraw(_ann, 999, 1)));
        Refused(
            "subaccounts", 200, _scene.Send(new ChainMessage.Transfer(_ann, _ann with { Number = -1 }, 1)));
    }

    [Fact]
    public void Tx_9_1_short_term_messages_need_no_sequence()
    {
        Accepted(_scene.Venue.Submit(new ChainTx(_ann.Owner, 77, [Short], null)));
        Assert.Equal(0u, _scene.Venue.NextSequence(_ann.Owner));
    }

    [Fact]
    public void Tx_9_1_a_sequence_is_the_next_one_and_counts_what_was_accepted()
    {
        Refused("sdk", 32, _scene.Venue.Submit(new ChainTx(_ann.Owner, 1, [Transfer], null)));
        Accepted(_scene.Venue.Submit(new ChainTx(_ann.Owner, 0, [Transfer], null)));
        Refused("sdk", 32, _scene.Venue.Submit(new ChainTx(_ann.Owner, 0, [Transfer], null)));
        Accepted(_scene.Venue.Submit(new ChainTx(_ann.Owner, 1, [Transfer], null)));
    }

    [Fact]
    public void Tx_9_1_a_refused_transaction_uses_no_sequence()
    {
        var tooLong = _scene.LongTerm(_ann, Side.Buy, 1, 40_000) with { Quantums = 1 };

        Refused("clob", 12, _scene.Send(new ChainMessage.Place(tooLong)));

        Assert.Equal(0u, _scene.Venue.NextSequence(_ann.Owner));
    }

    [Theory]
    [InlineData(-30_000, true)]
    [InlineData(-30_001, false)]
    [InlineData(30_000, true)]
    [InlineData(30_001, false)]
    public void Tx_9_1_a_timestamp_nonce_is_within_thirty_seconds_of_the_last_block(long ms, bool isGood) =>
        Assert.Equal(isGood, Nonce((ulong)((long)NowMs + ms)).IsOk);

    [Fact]
    public void Tx_9_1_a_timestamp_nonce_is_used_once_and_leaves_the_sequence()
    {
        Accepted(Nonce(NowMs));

        Refused("sdk", 32, Nonce(NowMs));
        Accepted(Nonce(NowMs - 5));
        Assert.Equal(0u, _scene.Venue.NextSequence(_ann.Owner));
    }

    [Fact]
    public void Tx_9_1_twenty_timestamp_nonces_are_kept_and_a_new_one_exceeds_the_least_of_them()
    {
        for (var i = 1u; i <= NonceBook.MostKept; i++) Accepted(Nonce(NowMs + (10 * i)));

        Refused("sdk", 32, Nonce(NowMs + 5));
        Accepted(Nonce(NowMs + 15));
        Refused("sdk", 32, Nonce(NowMs + 10));
        Refused("sdk", 32, Nonce(NowMs + 14));
    }

    [Fact]
    public void Tx_9_1_timestamp_nonces_older_than_thirty_seconds_are_dropped()
    {
        var first = NowMs;
        Accepted(Nonce(first));
        _ = _scene.Block(seconds: 20);
        _ = _scene.Block(seconds: 10.5);

        Refused("sdk", 32, Nonce(first));
        Accepted(Nonce(first + 501));
    }

    [Fact]
    public void Tx_9_3_the_same_bytes_are_known_again()
    {
        var tx = new ChainTx(_ann.Owner, 0, [Short], null) { Hash = "AB" };

        Accepted(_scene.Venue.Submit(tx));

        Refused("sdk", 19, _scene.Venue.Submit(tx));
    }

    [Fact]
    public void Tx_9_3_bytes_that_were_refused_are_looked_at_again()
    {
        var early = new ChainTx(_ann.Owner, 1, [Transfer], null) { Hash = "CD" };

        Refused("sdk", 32, _scene.Venue.Submit(early));
        Accepted(_scene.Send(Transfer));

        Accepted(_scene.Venue.Submit(early));
    }

    private TxResult Nonce(ulong nonce) =>
        _scene.Venue.Submit(new ChainTx(_ann.Owner, nonce, [Transfer], null));
}

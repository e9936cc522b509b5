using System.Text;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Sessions;
using Xunit;

namespace Perpkeel.Runtime.Tests.Sessions;

[Trait("Req", "STA-3")]
public sealed class FactLogTests
{
    private static readonly string Stream = Desk.Account.ToString();

    [Fact]
    public void The_state_of_a_snapshot_and_its_tail_is_the_state_of_all_facts()
    {
        var desk = Long();
        var snapshot = desk.Log.LatestSnapshot(Stream);

        var recovered = desk.Restarted().State;
        var folded = FoldAll(desk);

        Assert.InRange(snapshot!.Sequence, FactLog.SnapshotEvery, desk.State.Sequence - 1);
        Assert.Equal(Text(desk.State), Text(recovered));
        Assert.Equal(Text(folded), Text(recovered));
    }

    [Fact]
    public void A_snapshot_is_used_instead_of_the_facts_before_it()
    {
        var desk = Long();
        var snapshot = desk.Log.LatestSnapshot(Stream)!;
        var marked = FactCodec.DecodeState(snapshot.Payload.Span) with { MaxDrawdown = 0.77m };
        desk.Log.SaveSnapshot(Stream, snapshot with { Payload = FactCodec.EncodeState(marked) });
        desk.Log.Commit();

        Assert.Equal(0.77m, desk.Restarted().State.MaxDrawdown);
    }

    [Fact]
    public void A_snapshot_of_another_version_is_thrown_away()
    {
        var desk = Long();
        var snapshot = desk.Log.LatestSnapshot(Stream)!;
        desk.Log.SaveSnapshot(
            Stream, snapshot with { StateVersion = AccountState.Version + 1, Payload = "{}"u8.ToArray() });
        desk.Log.Commit();

        Assert.Equal(Text(desk.State), Text(desk.Restarted().State));
    }

    [Fact]
    public void A_snapshot_that_cannot_be_read_is_thrown_away()
    {
        var desk = Long();
        var snapshot = desk.Log.LatestSnapshot(Stream)!;
        desk.Log.SaveSnapshot(Stream, snapshot with { Payload = """{"sequence":"x"}"""u8.ToArray() });
        desk.Log.Commit();

        Assert.Equal(Text(desk.State), Text(desk.Restarted().State));
    }

    [Fact]
    public void Snapshots_are_far_apart()
    {
        var desk = Long();
        var first = desk.Log.LatestSnapshot(Stream)!.Sequence;
        var next = desk.Restarted();

        Marks(next, FactLog.SnapshotEvery - (int)(next.State.Sequence - first) - 1);
        Assert.Equal(first, next.Log.LatestSnapshot(Stream)!.Sequence);
        Marks(next, 1);
        Assert.Equal(first + FactLog.SnapshotEvery, next.Log.LatestSnapshot(Stream)!.Sequence);
    }

    [Fact]
    public void A_rich_state_reads_back_as_it_was_written()
    {
        var desk = new Desk().Holding().Entering(market: Samples.Markets[1]);

        var read = FactCodec.DecodeState(FactCodec.EncodeState(desk.State));

        Assert.Equal(Text(desk.State), Text(read));
        Assert.Equal(desk.State.Brackets.Values, read.Brackets.Values);
        Assert.Equal(desk.State.Orders.Values, read.Orders.Values);
        Assert.Equal(desk.State.Positions.Values, read.Positions.Values);
    }

    [Fact]
    public void An_empty_snapshot_is_no_state() =>
        Assert.Throws<System.Text.Json.JsonException>(() => FactCodec.DecodeState("null"u8));

    [Fact]
    public void Facts_are_read_from_any_place_and_recovery_stands_beside_them()
    {
        var desk = new Desk().Opened();
        var head = desk.Session.Head;
        desk.Session.Note("tested", new RecoveryNote("nothing happened", 5));

        var log = new FactLog(desk.Log, Desk.Account);

        Assert.Equal(Desk.Account, log.Account);
        Assert.IsType<Fact.Reported>(Assert.Single(log.Read(1)).Fact);
        Assert.Equal(head, desk.Session.Head);
        var note = Assert.Single(desk.Log.Recovery(Stream));
        Assert.Equal(("tested", """{"what":"nothing happened","clientId":5}"""), (note.Kind, note.Text));
    }

    private static Desk Long()
    {
        var desk = new Desk().Holding();
        Marks(desk, FactLog.SnapshotEvery);
        return desk.Fill(OrderRole.Stop, 99_000m);
    }

    private static void Marks(Desk desk, int count)
    {
        for (var i = 0; i < count; i++)
        {
            desk.Session.Post(new Request.MarkEquity([Samples.Facts(100_000m + i)]));
            desk.Wait(1);
        }
    }

    private static AccountState FoldAll(Desk desk)
    {
        var state = AccountState.Empty;
        foreach (var fact in new FactLog(desk.Log, Desk.Account).Read(0))
        {
            state = desk.Engine.Evolve(state, fact);
        }

        return state;
    }

    private static string Text(AccountState state) => Encoding.UTF8.GetString(FactCodec.EncodeState(state));
}

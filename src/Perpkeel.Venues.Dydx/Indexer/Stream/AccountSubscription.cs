using System.Text.Json;
using System.Threading.Channels;
using Perpkeel.Venues.Dydx.Indexer.Accounts;
using Perpkeel.Venues.Dydx.Indexer.Reading;
using Perpkeel.Venues.Dydx.Indexer.Rest;

namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>
/// An account. Its state is right whoever reads; of its changes none is dropped: where a reader is so slow
/// that they do not fit any more, the subscription begins anew and the reader gets a whole picture instead.
/// </summary>
public sealed class AccountSubscription : StreamSubscription
{
    /// <summary>Changes that wait for a reader.</summary>
    public const int MostWaiting = 8_192;

    private readonly Lock _lock = new();
    private readonly List<AccountChange> _news = [];

    private readonly Channel<AccountChange> _changes =
        System.Threading.Channels.Channel.CreateBounded<AccountChange>(MostWaiting);

    private bool _isFull;

    /// <summary>Makes one; nothing is asked yet.</summary>
    public AccountSubscription(IndexerAccount account, bool isBatched)
        : base(
            account.IsParent ? IndexerChannel.ParentSubaccounts : IndexerChannel.Subaccounts,
            account.ChannelId, isBatched) =>
        Now = new AccountState { Account = account };

    /// <summary>The account as it is known.</summary>
    public AccountState Now { get; private set; }

    /// <summary>Whole pictures that came so far.</summary>
    public int Pictures { get; private set; }

    /// <summary>What has changed; full at 8,192, then nothing more until a whole picture.</summary>
    public ChannelReader<AccountChange> Changes => _changes.Reader;

    internal override StreamFault? Slow => _isFull && _changes.Reader.Count < MostWaiting / 2
        ? new StreamFault.Overflow(MostWaiting)
        : null;

    internal override FieldFault? Snapshot(ref Utf8JsonReader contents, in Stamp stamp)
    {
        var fault = Read(ref contents, AccountPicture.Read, out var picture);
        if (fault is not null) return fault;
        _isFull = false;
        Fold((state, news) => AccountFold.Picture(state, picture, news));
        Pictures++;
        return null;
    }

    internal override FieldFault? Update(ref Utf8JsonReader contents, in Stamp stamp)
    {
        var fault = Read(ref contents, AccountUpdate.Read, out var update);
        if (fault is not null) return fault;
        var about = update with { Subaccount = stamp.Subaccount };
        Fold((state, news) => AccountFold.Update(state, about, news));
        return null;
    }

    /// <summary>A block of the chain, from wherever it is known.</summary>
    public void Block(uint height) => Fold((state, news) => AccountFold.Block(state, height, news));

    internal void Merge(Func<AccountState, List<AccountChange>, AccountState> fold) => Fold(fold);

    private protected override void OnLost(StreamFault fault) => Fold((state, news) =>
    {
        news.Add(new AccountChange.Doubted(fault));
        return state with { IsComplete = false };
    });

    private void Fold(Func<AccountState, List<AccountChange>, AccountState> fold)
    {
        lock (_lock)
        {
            _news.Clear();
            Now = fold(Now, _news);
            foreach (var change in _news)
            {
                if (_isFull) return;
                _isFull = !_changes.Writer.TryWrite(change);
            }
        }
    }
}

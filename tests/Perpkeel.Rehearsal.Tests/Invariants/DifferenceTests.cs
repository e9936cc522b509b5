using Perpkeel.Core.Engine;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Rehearsal.Invariants;
using Xunit;

namespace Perpkeel.Rehearsal.Tests.Invariants;

/// <summary>Where two states differ, whatever a serializer keeps of them.</summary>
[Trait("Req", "STA-3")]
public sealed class DifferenceTests
{
    [Fact]
    public void The_same_values_do_not_differ_though_they_are_others()
    {
        var state = AccountState.Empty with { Balance = new Usd(1m), RecentChanges = [default] };

        Assert.Null(Difference.Between(state, state with { RecentChanges = [default] }));
    }

    [Fact]
    public void The_first_member_that_differs_is_named_with_both_values()
    {
        var state = AccountState.Empty with { NextClientId = new ClientOrderId(3) };

        Assert.Equal(
            "state.NextClientId.Value is 3 and 0", Difference.Between(state, AccountState.Empty));
    }

    [Fact]
    public void What_is_missing_on_one_side_is_named()
    {
        var state = AccountState.Empty with { LastEntryAt = DateTimeOffset.UnixEpoch };

        Assert.Contains(
            "state.LastEntryAt is", Difference.Between(state, AccountState.Empty), StringComparison.Ordinal);
        Assert.Contains(
            "and nothing", Difference.Between(state, AccountState.Empty), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_other_lengths_differ()
    {
        var state = AccountState.Empty with { RecentChanges = [default, default] };

        Assert.Equal(
            "state.RecentChanges has 2 and 0 items", Difference.Between(state, AccountState.Empty));
    }

    [Fact]
    public void Items_and_members_of_members_are_looked_at()
    {
        var state = AccountState.Empty with
        {
            Placements = new PlacementBudget { Times = [DateTimeOffset.UnixEpoch] },
        };
        var other = AccountState.Empty with { Placements = new PlacementBudget { Times = [default] } };

        Assert.StartsWith(
            "state.Placements.Times[0] is", Difference.Between(state, other), StringComparison.Ordinal);
    }
}

using System.Text.Json;
using Perpkeel.Core.Margin.Dydx.Liquidations;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Vectors;

/// <summary>The chain's own test tables for whole accounts.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "MAR-11")]
public sealed class AccountVectorTests
{
    /// <summary>What a vector does not expect was not asserted by the table it comes from.</summary>
    [Fact]
    [VectorKind("account.risk")]
    public void Risk() => VectorCheck.Check(vector => vector.Expect(
        RiskAfter(vector.Input()), risk =>
        {
            var expected = vector.GetProperty("expected");
            var figures = new[]
            {
                ("nc", risk.NetCollateral), ("imr", risk.Initial), ("mmr", risk.Maintenance),
            };
            var asserted = figures.Where(each => expected.TryGetProperty(each.Item1, out _)).ToList();
            Assert.NotEmpty(asserted);
            Assert.All(asserted, each => Assert.Equal(expected.Whole(each.Item1), each.Item2));
        }));

    [Fact]
    [VectorKind("account.isLiquidatable")]
    public void Is_liquidatable() => VectorCheck.Check(vector => vector.Expect(
        vector.Input().Subaccount().Risk(vector.Input().Perpetuals()),
        risk => Assert.Equal(vector.Expected("result").GetBoolean(), risk.IsLiquidatable)));

    [Fact]
    [VectorKind("account.canUpdate")]
    public void Can_update() => VectorCheck.Check(vector => vector.Expect(
        SubaccountUpdates.Check(
            [.. vector.Input("updates").EnumerateArray().Select(update => Update(vector, update))],
            UpdateTypeOf(vector),
            vector.Input().Perpetuals()),
        results =>
        {
            Assert.Equal(
                vector.Expected("results").EnumerateArray().Select(result => result.GetString()),
                results.Select(result => result.ToString()), StringComparer.Ordinal);
            Assert.Equal(
                vector.Expected("success").GetBoolean(),
                results.All(result => result == UpdateResult.Success));
        }));

    [Fact]
    [VectorKind("oi.deltaFromMatch")]
    public void Open_interest_of_a_match() => VectorCheck.Check(vector =>
    {
        var updates = vector.Input("updates").EnumerateArray().Select(update => new SubaccountUpdate
        {
            Subaccount = update.Each("currentPositions").Aggregate(
                new Subaccount(), (account, held) => account.With(
                    new PerpetualPosition(held.Market(), held.Whole("quantums"), 0, 0))),
            PerpetualDeltas = [.. update.Deltas("deltas")],
        });

        vector.Expect(OpenInterestDelta.Of(updates, UpdateTypeOf(vector)), delta =>
        {
            var expected = vector.Expected("delta");
            if (expected.ValueKind == JsonValueKind.Null)
            {
                Assert.True(delta.BaseQuantums.IsZero);
                return;
            }

            Assert.Equal(expected.Market(), delta.Market);
            Assert.Equal(expected.Whole("baseQuantums"), delta.BaseQuantums);
        });
    });

    [Fact]
    [VectorKind("deleveraging.process")]
    public void Deleveraging_leaves_both_accounts() => VectorCheck.Check(vector =>
        vector.Expect(
            Deleveraging.Process(
                vector.Input("liquidated").Subaccount(), vector.Input("offsetting").Subaccount(),
                vector.Input().Market(), vector.Input("deltaQuantums").Whole(),
                DeleveragingPrice.Bankruptcy, vector.Input().Perpetuals()),
            done =>
            {
                Same(vector.Expected("liquidated").Subaccount(), done.Liquidated);
                Same(vector.Expected("offsetting").Subaccount(), done.Offsetting);
            }));

    /// <summary>What the updates are for; the chain's name of what is not set is longer than ours.</summary>
    private static UpdateType UpdateTypeOf(JsonElement vector)
    {
        var name = vector.Input("updateType").GetString();
        if (name is "UpdateTypeUnspecified" or "Unspecified") return UpdateType.None;
        Assert.True(Enum.TryParse<UpdateType>(name, out var type), $"{name} is no type of update.");
        return type;
    }

    private static Result<SubaccountRisk, ChainError> RiskAfter(JsonElement input)
    {
        var markets = input.Perpetuals();
        var after = input.Subaccount().Apply(
            input.Whole("usdcDelta"), [.. input.Deltas("perpetualDeltas")], markets);
        return after.TryGet(out var account, out var error) ? account.Risk(markets) : error;
    }

    /// <summary>An account that the vector does not list has never been used.</summary>
    private static SubaccountUpdate Update(JsonElement vector, JsonElement update) => new()
    {
        Subaccount = vector.Input("accounts")
            .TryGetProperty(update.GetProperty("account").GetString()!, out var account)
                ? account.Subaccount()
                : new Subaccount(),
        UsdcDelta = update.Whole("usdcDelta"),
        PerpetualDeltas = [.. update.Deltas("perpetualDeltas")],
    };

    private static void Same(Subaccount expected, Subaccount actual)
    {
        Assert.Equal(expected.Usdc, actual.Usdc);
        Assert.Equal(expected.Positions.Values, actual.Positions.Values);
    }
}

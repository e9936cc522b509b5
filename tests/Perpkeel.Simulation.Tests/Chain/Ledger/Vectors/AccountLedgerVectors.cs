using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Liquidations;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger.Vectors;

/// <summary>The chain's own test tables for whole accounts, inside the ledger.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "PAP-1")]
public sealed class AccountLedgerVectors
{
    [Fact]
    public void Ix_8_risk_of_an_account_after_an_update() => VectorCheck.Check("account.risk", vector =>
    {
        if (vector.ErrorCode() is not null) return;
        var model = new ModelLedger(vector.Input().Perpetuals().Values);
        var account = model.Ledger.Accounts[model.Add(vector.Input().Subaccount())];
        var usdc = model.Ledger.State.SettledUsdc(account) + (Int128)vector.Input().Whole("usdcDelta");

        var risk = model.Ledger.State.RiskOf(
            account, usdc, Changes(model, vector.Input(), "perpetualDeltas"), MarginAfter.AsItIs);

        var expected = vector.GetProperty("expected");
        var figures = new[]
        {
            ("nc", risk.NetCollateral), ("imr", risk.Initial), ("mmr", risk.Maintenance),
        };
        foreach (var (name, figure) in figures.Where(each => expected.TryGetProperty(each.Item1, out _)))
        {
            Assert.Equal(expected.Whole(name), figure.Value);
        }
    });

    [Fact]
    public void Ix_8_liquidatable_account() => VectorCheck.Check("account.isLiquidatable", vector =>
    {
        if (vector.ErrorCode() is not null) return;
        var model = new ModelLedger(vector.Input().Perpetuals().Values);

        var risk = model.Ledger.RiskOf(model.Add(vector.Input().Subaccount()));

        Assert.Equal(vector.Expected("result").GetBoolean(), risk.IsLiquidatable);
    });

    [Fact]
    public void Ix_8_updates_that_the_chain_allows() => VectorCheck.Check("account.canUpdate", vector =>
    {
        if (vector.ErrorCode() is not (null or "product-position-not-updatable")) return;
        var model = new ModelLedger(vector.Input().Perpetuals().Values);
        var updates = vector.Input("updates").EnumerateArray().ToList();

        var results = vector.Input("updateType").ValueEquals("Match")
            ? Match(model, vector, updates)
            : Each(model, vector, updates);

        UpdateResult[] expected = vector.ErrorCode() is null
            ?
            [
                .. vector.Expected("results").EnumerateArray().Select(
                    result => Enum.Parse<UpdateResult>(result.GetString()!)),
            ]
            : [.. updates.Select(_ => UpdateResult.None)];
        if (results is not null) Assert.Equal<UpdateResult>(expected, results);
    });

    [Fact]
    public void Ix_8_open_interest_of_a_match() => VectorCheck.Check("oi.deltaFromMatch", vector =>
    {
        var updates = vector.Input("updates").EnumerateArray().ToList();
        if (updates.Count != 2 || vector.ErrorCode() is not null) return;
        var changes = updates.Select(update => update.Deltas("deltas").ToList()).ToList();
        if (changes.Exists(each => each.Count != 1)) return;
        var market = changes[0][0].Market;
        var model = new ModelLedger([Free(market)]);
        var accounts = updates.Select(update => model.AddRich(
            market, (long)update.Each("currentPositions").Where(held => held.Market() == market)
                .Select(held => held.Whole("quantums")).FirstOrDefault())).ToList();

        var result = new PairUpdates(model.Ledger.State).TryApply(new PairUpdate(
            accounts[0], accounts[1], model.Index(market), (long)changes[0][0].Quantums, 0, 0));

        var delta = vector.Expected("delta");
        Assert.Equal(MatchEnd.Done, result.End);
        Assert.Equal(
            delta.ValueKind == JsonValueKind.Null ? 0 : delta.Whole("baseQuantums"),
            result.OpenInterestDelta);
        Assert.Equal(result.OpenInterestDelta, model.Ledger.Markets[0].OpenInterest);
    });

    [Fact]
    public void Ix_11_deleveraging_leaves_both_accounts() =>
        VectorCheck.Check("deleveraging.process", vector =>
        {
            var model = new ModelLedger(vector.Input().Perpetuals().Values);
            var liquidated = model.Add(vector.Input("liquidated").Subaccount());
            var offsetting = model.Add(vector.Input("offsetting").Subaccount());

            var quote = model.Ledger.Deleveraging.TryClose(
                liquidated, offsetting, model.Index(vector.Input().Market()),
                (long)vector.Input("deltaQuantums").Whole(), DeleveragingPrice.Bankruptcy);

            Assert.Equal(vector.ErrorCode() is null, quote is not null);
            var outcome = vector.ErrorCode() is null ? vector.GetProperty("expected") : vector.Input();
            Same(outcome.GetProperty("liquidated").Subaccount(), model.ModelOf(liquidated));
            Same(outcome.GetProperty("offsetting").Subaccount(), model.ModelOf(offsetting));
        });

    private static void Same(Subaccount expected, Subaccount actual)
    {
        Assert.Equal(expected.Usdc, actual.Usdc);
        Assert.Equal(expected.Positions.Values, actual.Positions.Values);
    }

    /// <summary>A market that asks for no margin.</summary>
    private static Perpetual Free(MarketId market) => new()
    {
        Id = market,
        AtomicResolution = -6,
        OracleExponent = -6,
        OraclePrice = 1,
        LiquidityTier = new()
        {
            InitialMarginPpm = new Ppm(0),
            MaintenanceFractionPpm = new Ppm(0),
        },
    };

    private static PositionChange[] Changes(ModelLedger model, JsonElement source, string name) =>
        [.. source.Deltas(name).Select(delta => new PositionChange(
            model.Index(delta.Market), (long)delta.Quantums))];

    private static int Add(ModelLedger model, JsonElement vector, JsonElement update) =>
        model.Add(vector.Input("accounts")
            .TryGetProperty(update.GetProperty("account").GetString()!, out var account)
                ? account.Subaccount()
                : new Subaccount());

    /// <summary>Null where the updates are not two sides of one match.</summary>
    private static UpdateResult[]? Match(ModelLedger model, JsonElement vector, List<JsonElement> updates)
    {
        if (updates.Count != 2) return null;
        var (one, two) = (
            Changes(model, updates[0], "perpetualDeltas"), Changes(model, updates[1], "perpetualDeltas"));
        if (one.Length != 1 || two.Length != 1 || one[0] != two[0] with { Quantums = -two[0].Quantums })
        {
            return null;
        }

        var result = new PairUpdates(model.Ledger.State).TryApply(new PairUpdate(
            Add(model, vector, updates[0]), Add(model, vector, updates[1]), one[0].Market, one[0].Quantums,
            (Int128)updates[0].Whole("usdcDelta"), (Int128)updates[1].Whole("usdcDelta")));
        return [result.First, result.Second];
    }

    /// <summary>Where one breaks the rule of isolation nothing else is looked at.</summary>
    private static UpdateResult[] Each(ModelLedger model, JsonElement vector, List<JsonElement> updates)
    {
        var results = updates.Select(update => model.Ledger.CanUpdate(
            Add(model, vector, update), (Int128)update.Whole("usdcDelta"),
            Changes(model, update, "perpetualDeltas"))).ToArray();
        const UpdateResult broken = UpdateResult.ViolatesIsolatedSubaccountConstraints;
        return results.Contains(broken)
            ? [.. results.Select(result => result == broken ? broken : UpdateResult.Success)]
            : results;
    }
}

using System.Globalization;
using Perpkeel.Core.Instruments;

namespace Perpkeel.Simulation.Markets.Synthetic;

/// <summary>
/// Perpetual markets out of one seed, without end: a second apart, from 24 hours before second 0, with
/// volatility that clusters, fat tails, books whose makers leave in storms, news, funding that leans, and no
/// edge to be found in the prices.
/// </summary>
/// <remarks>
/// Before second 0 there are trades, oracle prices and funding only; at second 0 each market's whole book
/// appears, and from then on its changes. Arithmetic is restricted to what every platform rounds alike.
/// </remarks>
public sealed class SyntheticMarkets : IMarketSource
{
    private const int SecondsPerHour = 3_600;
    private const ulong CommonStream = 1_000;

    private readonly SyntheticMarket[] _markets;
    private readonly CommonFactor _common;
    private readonly SyntheticScale _scale;
    private DateTimeOffset _at;

    /// <summary>How much of a past there is before second 0, on the usual scale.</summary>
    public static TimeSpan Past => SyntheticScale.Usual.Past;

    /// <summary>Markets from a seed.</summary>
    /// <param name="seed">Any number; the same one gives the same events.</param>
    /// <param name="startsAt">Second 0, a whole second.</param>
    /// <param name="model">How they behave; the usual way unless told.</param>
    /// <param name="scale">How many, and how finely they are told; the usual scale unless told.</param>
    /// <exception cref="ArgumentException">The start is not a whole second.</exception>
    public SyntheticMarkets(
        ulong seed, DateTimeOffset startsAt, MarketModel? model = null, SyntheticScale? scale = null)
    {
        if (startsAt.UtcTicks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentException("The start is not a whole second.", nameof(startsAt));
        }

        model ??= MarketModels.Usual;
        _scale = scale ?? SyntheticScale.Usual;
        StartsAt = startsAt.ToUniversalTime();
        Description = string.Create(CultureInfo.InvariantCulture, $"synthetic market, seed {seed}");
        if (model != MarketModels.Usual) Description += $", {model.Name}";
        _at = StartsAt - _scale.Past;

        var random = new SeededRandom(seed);
        _common = new CommonFactor(model, random.Fork(CommonStream));
        _markets = [.. SyntheticProfile.All().Take(_scale.Markets)
            .Select(profile =>
                new SyntheticMarket(profile, model, random.Fork((ulong)profile.Market.Index)))];
        Markets = [.. _markets.Select(market => market.Market)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Market> Markets { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public DateTimeOffset StartsAt { get; }

    /// <inheritdoc/>
    public bool TryNext(ICollection<SourceEvent> batch, out DateTimeOffset at)
    {
        batch.Clear();
        at = _at;
        var secondOfDay = (int)(at.TimeOfDay.Ticks / TimeSpan.TicksPerSecond);
        // The first instant ends no hour that anybody has seen.
        var endsHour = secondOfDay % SecondsPerHour == 0 && at > StartsAt - _scale.Past;
        _common.Step(secondOfDay);
        foreach (var market in _markets)
        {
            market.Step(_common, at, showsBook: at >= StartsAt, endsHour, batch);
        }

        _at = at + _scale.Step;
        return true;
    }
}

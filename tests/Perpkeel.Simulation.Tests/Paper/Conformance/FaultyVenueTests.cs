using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Testing.Conformance;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper.Conformance;

/// <summary>A venue with a defect does not pass: the cases can fail.</summary>
[Trait("Req", "VEN-3")]
public sealed class FaultyVenueTests
{
    [Theory]
    [InlineData(VenueDefect.LosesFills, "CONF-06", "CONF-14", "CONF-15", "CONF-26", "CONF-47")]
    [InlineData(VenueDefect.LosesEnds, "CONF-06", "CONF-09", "CONF-19", "CONF-31")]
    [InlineData(VenueDefect.LosesFunding, "CONF-48", "CONF-49", "CONF-50")]
    [InlineData(VenueDefect.ForgetsFees, "CONF-07", "CONF-11", "CONF-47", "CONF-51")]
    [InlineData(VenueDefect.TellsAnotherOracle, "CONF-26", "CONF-27", "CONF-28")]
    [InlineData(VenueDefect.IgnoresCancels, "CONF-19", "CONF-20", "CONF-24")]
    [InlineData(VenueDefect.CallsAllAbsent, "CONF-44", "CONF-45", "CONF-46", "CONF-57")]
    [InlineData(VenueDefect.TellsOldReportsOnce, "CONF-52", "CONF-53", "CONF-54")]
    public async Task A_defect_is_found_by(VenueDefect defect, params string[] cases)
    {
        var passed = new List<string>();
        foreach (var id in cases)
        {
            var (outcome, _) = await VenueConformance.TryAsync(id, new FaultyVenues(defect));
            if (outcome != ConformanceOutcome.Failed) passed.Add(id);
        }

        Assert.Empty(passed);
    }
}

/// <summary>What is the matter with a venue.</summary>
public enum VenueDefect
{
    /// <summary>Nothing.</summary>
    None = 0,
    LosesFills,
    LosesEnds,
    LosesFunding,
    ForgetsFees,
    TellsAnotherOracle,
    IgnoresCancels,
    CallsAllAbsent,
    TellsOldReportsOnce,
}

/// <summary>Paper venues with a defect put before them.</summary>
internal sealed class FaultyVenues(VenueDefect defect) : IVenueMaker
{
    private readonly PaperVenues _paper = new();

    public string Name => $"{defect}";

    public async ValueTask<IVenueUnderTest> OpenAsync(Usd deposit) =>
        new FaultyVenue(await _paper.OpenAsync(deposit), defect);
}

/// <summary>One of them.</summary>
internal sealed class FaultyVenue(IVenueUnderTest venue, VenueDefect defect)
    : IVenueUnderTest, IAccountFeed, IOrderGateway
{
    private const int MostReports = 10_000;

    private ChannelReader<VenueReport>? _reports;
    private Channel<VenueReport>? _told;

    public IMarketFeed Markets => venue.Markets;

    public IAccountFeed Account => this;

    public IOrderGateway Orders => this;

    public DateTimeOffset Now => venue.Now;

    public TimeSpan Patience => venue.Patience;

    public TimeSpan? StandsFor => venue.StandsFor;

    public string? CodeOf(RefusalCause cause) => venue.CodeOf(cause);

    public async ValueTask PassAsync(TimeSpan time)
    {
        await venue.PassAsync(time);
        Pump();
    }

    public ValueTask MoveOracleAsync(Market market, Price price) => venue.MoveOracleAsync(market, price);

    public ValueTask ShowBookAsync(Market market, IReadOnlyList<OthersLevel> levels) =>
        venue.ShowBookAsync(market, levels);

    public ValueTask TakeAsync(Market market, Side side, Price limit, Size size) =>
        venue.TakeAsync(market, side, limit, size);

    public ValueTask<Usd> BalanceAsync() => venue.BalanceAsync();

    public ValueTask<Size> PositionAsync(Market market) => venue.PositionAsync(market);

    public ValueTask RestartAsync() => venue.RestartAsync();

    public ValueTask DisposeAsync() => venue.DisposeAsync();

    public ChannelReader<VenueReport> Subscribe(long afterSequence)
    {
        var isAgain = _reports is not null;
        _reports = venue.Account.Subscribe(afterSequence);
        if (isAgain && defect == VenueDefect.TellsOldReportsOnce)
        {
            while (_reports.TryRead(out _))
            {
            }
        }

        _told = Channel.CreateBounded<VenueReport>(MostReports);
        Pump();
        return _told.Reader;
    }

    public Task<Result<Taken, VenueError>> PlaceAsync(ApprovedOrder order, CancellationToken cancellation) =>
        venue.Orders.PlaceAsync(order, cancellation);

    public Task<Result<Taken, VenueError>> ProtectAsync(
        ApprovedProtection order, CancellationToken cancellation) =>
        venue.Orders.ProtectAsync(order, cancellation);

    public Task<Result<Taken, VenueError>> CancelAsync(
        ClientOrderId clientId, DateTimeOffset intendedAt, CancellationToken cancellation) =>
        defect == VenueDefect.IgnoresCancels
            ? Task.FromResult(Result<Taken, VenueError>.Ok(new Taken(clientId)))
            : venue.Orders.CancelAsync(clientId, intendedAt, cancellation);

    public Task<Result<LookUp, VenueError>> LookUpAsync(
        ClientOrderId clientId, CancellationToken cancellation) =>
        defect == VenueDefect.CallsAllAbsent
            ? Task.FromResult(Result<LookUp, VenueError>.Ok(new LookUp(OrderPresence.Absent, "so I say")))
            : venue.Orders.LookUpAsync(clientId, cancellation);

    private void Pump()
    {
        while (_reports is not null && _reports.TryRead(out var report))
        {
            if (Spoilt(report) is { } told) Assert.True(_told!.Writer.TryWrite(told));
        }
    }

    private VenueReport? Spoilt(VenueReport report) => (defect, report) switch
    {
        (VenueDefect.LosesFills, VenueReport.Filled) => null,
        (VenueDefect.LosesEnds, VenueReport.Ended) => null,
        (VenueDefect.LosesFunding, VenueReport.FundingPaid) => null,
        (VenueDefect.ForgetsFees, VenueReport.Filled filled) => filled with { Fee = Usd.Zero },
        (VenueDefect.TellsAnotherOracle, VenueReport.Triggered triggered) =>
            triggered with { Oracle = new Price(triggered.Oracle.Value + 1m) },
        _ => report,
    };
}

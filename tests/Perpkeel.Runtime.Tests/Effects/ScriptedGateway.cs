using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Venues;

namespace Perpkeel.Runtime.Tests.Effects;

/// <summary>A venue that answers what it was told to and otherwise takes everything.</summary>
internal sealed class ScriptedGateway(TimeProvider clock) : IOrderGateway
{
    /// <summary>Answers to orders and cancels, in turn; an exception is thrown, null is a yes.</summary>
    public Queue<object?> Answers { get; } = new();

    /// <summary>Answers to look-ups, in turn; a <see cref="VenueError"/> or a presence.</summary>
    public Queue<object> LookUps { get; } = new();

    public List<(DateTimeOffset At, OrderIntent Order)> Sent { get; } = [];

    public List<(DateTimeOffset At, ClientOrderId Id, DateTimeOffset IntendedAt)> Cancelled { get; } = [];

    public List<(DateTimeOffset At, ClientOrderId Id)> Asked { get; } = [];

    public Task<Result<Taken, VenueError>> PlaceAsync(ApprovedOrder order, CancellationToken cancellation) =>
        SendAsync(order.Intent);

    public Task<Result<Taken, VenueError>> ProtectAsync(
        ApprovedProtection order, CancellationToken cancellation) => SendAsync(order.Intent);

    public Task<Result<Taken, VenueError>> CancelAsync(
        ClientOrderId clientId, DateTimeOffset intendedAt, CancellationToken cancellation)
    {
        Cancelled.Add((clock.GetUtcNow(), clientId, intendedAt));
        return AnswerAsync(clientId);
    }

    public Task<Result<LookUp, VenueError>> LookUpAsync(
        ClientOrderId clientId, CancellationToken cancellation)
    {
        Asked.Add((clock.GetUtcNow(), clientId));
        var answer = LookUps.TryDequeue(out var scripted) ? scripted : OrderPresence.Known;
        return Task.FromResult<Result<LookUp, VenueError>>(answer is VenueError error
            ? error
            : new LookUp((OrderPresence)answer, $"the books say {answer}"));
    }

    private Task<Result<Taken, VenueError>> SendAsync(OrderIntent order)
    {
        Sent.Add((clock.GetUtcNow(), order));
        return AnswerAsync(order.ClientId);
    }

    private Task<Result<Taken, VenueError>> AnswerAsync(ClientOrderId id) =>
        (Answers.TryDequeue(out var answer) ? answer : null) switch
        {
            VenueError error => Task.FromResult<Result<Taken, VenueError>>(error),
            Exception error => Task.FromException<Result<Taken, VenueError>>(error),
            _ => Task.FromResult<Result<Taken, VenueError>>(new Taken(id)),
        };
}

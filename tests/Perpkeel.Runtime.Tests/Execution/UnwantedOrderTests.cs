using Perpkeel.Core.Engine;
using Perpkeel.Core.Orders;
using Perpkeel.Testing.Live;
using Xunit;

namespace Perpkeel.Runtime.Tests.Execution;

/// <summary>An order that is not wanted any more is not sent by a repeat of an earlier attempt.</summary>
[Trait("Req", "EXE-4")]
[Trait("Req", "EXE-6")]
public sealed class UnwantedOrderTests
{
    [Fact]
    public void An_entry_the_venue_could_not_take_is_not_tried_again_after_the_user_has_stopped()
    {
        using var scene = new ExecutorScene();
        scene.Venue.Next(OrderRole.Entry, new OrderScript
        {
            Answer = CallAnswer.Unavailable,
            RetryAfter = TimeSpan.FromSeconds(5),
        });
        var call = scene.Begin(scene.Open());
        scene.Live.Run(1);

        scene.Live.Ask(new Request.Stop("user", "enough"));
        scene.Live.Run(20);

        Assert.Equal(1, scene.Sent(OrderRole.Entry).Single().Attempts);
        Assert.False(ExecutorScene.Answer(call).IsSuccess);
        Assert.Empty(scene.Live.State.Brackets);
        Assert.Empty(scene.Venue.Live);
    }

    [Fact]
    public void An_entry_the_venue_could_not_take_is_not_tried_again_after_its_stop_has_gone()
    {
        using var scene = new ExecutorScene();
        scene.Venue.Next(OrderRole.Entry, new OrderScript
        {
            Answer = CallAnswer.Unavailable,
            RetryAfter = TimeSpan.FromSeconds(5),
        });
        scene.Live.Send(scene.Open());
        scene.Live.Run(1);

        scene.Venue.Drop(OrderRole.Stop);
        scene.Live.Run(20);

        Assert.Equal(1, scene.Sent(OrderRole.Entry).Single().Attempts);
        Assert.Equal(0m, scene.Venue.Books.SizeIn(ExecutorScene.Btc.Id));
        Assert.Empty(scene.Live.State.Brackets);
    }

    [Fact]
    public void An_entry_that_never_left_is_not_sent_after_a_restart_once_the_user_has_stopped()
    {
        using var scene = new ExecutorScene();
        scene.Venue.ProvenAfter = TimeSpan.Zero;
        scene.Venue.Next(OrderRole.Entry, new OrderScript
        {
            Answer = CallAnswer.Unavailable,
            RetryAfter = TimeSpan.FromSeconds(60),
        });
        scene.Live.Send(scene.Open());
        scene.Live.Run(1);

        scene.Live.Kill();
        scene.Live.Ask(new Request.Stop("user", "enough"));
        scene.Live.Run(20);

        Assert.Equal(1, scene.Sent(OrderRole.Entry).Single().Attempts);
        Assert.Empty(scene.Live.State.Brackets);
        Assert.Empty(scene.Venue.Live);
    }
}

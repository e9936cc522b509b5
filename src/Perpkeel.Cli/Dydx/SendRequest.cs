using System.CommandLine;
using Google.Protobuf;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Timing;

namespace Perpkeel.Cli.Dydx;

/// <summary>What a verb wants to have sent.</summary>
/// <param name="Messages">One transaction.</param>
/// <param name="Way">Which way it goes.</param>
internal sealed record SendRequest(IReadOnlyList<IMessage> Messages, SendWay Way)
{
    /// <summary>What the subaccount has, where orders are to be stored.</summary>
    public StatefulRoom Room { get; init; }

    /// <summary>What is told before it is sent.</summary>
    public IReadOnlyList<Statement> Before { get; init; } = [];
}

/// <summary>Builds what a verb wants to have sent.</summary>
internal delegate Task<Result<SendRequest, UserError>> BuildRequest(
    ParseResult parsed, ChainSession session, CancellationToken cancellation);

/// <summary>Runs a verb that signs: opens chain and key, builds, tells, sends and follows.</summary>
/// <param name="chain">The options of chain and key.</param>
/// <param name="surroundings">The world.</param>
internal sealed class SigningRun(ChainOptions chain, Surroundings surroundings)
{
    /// <summary>Gives a command this action.</summary>
    /// <param name="command">The command.</param>
    /// <param name="build">Builds what is sent.</param>
    /// <param name="dryRunOnly">Further options that only a dry run takes.</param>
    public Command Finish(Command command, BuildRequest build, params Option[] dryRunOnly)
    {
        chain.AddTo(command, sends: true);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, build, dryRunOnly, cancellation));
        return command;
    }

    private async Task<int> RunAsync(
        ParseResult parsed, BuildRequest build, Option[] dryRunOnly, CancellationToken cancellation)
    {
        if (chain.Stray(parsed, dryRunOnly) is { } stray) return Fail(stray);
        var opened = ChainSession.OpenWithKey(chain.Read(parsed), surroundings);
        if (!opened.TryGet(out var session, out var error)) return Fail(error);
        using var closed = session;
        if (!(await build(parsed, session, cancellation)).TryGet(out var request, out error))
        {
            return Fail(error);
        }

        var teller = new Teller(surroundings, session.Choice.IsJson);
        foreach (var statement in request.Before) teller.Tell(statement);
        return await new Submission(surroundings, session, teller).ExecuteAsync(request, cancellation);
    }

    private int Fail(UserError error)
    {
        surroundings.Complain(error.Lines);
        return ExitCode.Failed;
    }
}

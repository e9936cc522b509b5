using Perpkeel.Cli.Accounts;
using Perpkeel.Cli.Control.Handlers;
using Perpkeel.Cli.Running;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Storage.Journal;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Cli.Executing;

/// <summary>
/// Stops, resumes or switches an account that does not run: the fact is journaled, and the next start finds
/// it. Nothing is sent.
/// </summary>
internal static class StoppedAccount
{
    /// <summary>Journals what is wanted; the account as it stands then.</summary>
    public static Result<UserAnswer, UserError> Change(string folder, string kind, UserQuestion question)
    {
        if (!JournalAccount.Read(folder).TryGet(out var account, out var wrong)) return wrong;
        if (UserHandler.RequestOf(kind, question) is not { } request)
        {
            return UserError.Of($"There is no component {question.Component}.");
        }

        try
        {
            using var journal = SqliteRecordLog.Open(
                RunFolder.JournalOf(folder), new RecordLogOptions { Durability = Durability.PowerLoss });
            var log = new FactLog(journal, account.AccountId);
            var engine = new AccountEngine(account.View.Markets.Values, account.View.Limits);
            var state = log.Recover(engine);
            foreach (var fact in engine.Decide(state, request, state.At))
            {
                state = engine.Evolve(state, fact);
                log.Append(fact);
            }

            log.Commit(state);
            return UserAnswer.Of(account.View with { State = state });
        }
        catch (JournalException error)
        {
            return UserError.Of(error.Message);
        }
    }
}

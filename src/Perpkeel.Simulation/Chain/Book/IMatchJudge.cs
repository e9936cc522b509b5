namespace Perpkeel.Simulation.Chain.Book;

/// <summary>
/// Says of each fill, before it is made, whether it may be. A verdict that fills is carried out at once, so
/// a judge may settle the fill while it answers, unless the offer is a trial.
/// </summary>
/// <remarks>
/// Implemented by structs, so that the book's loop is compiled for each of them and the call is inlined. A
/// judge must not touch the book that asks it.
/// </remarks>
internal interface IMatchJudge
{
    /// <summary>The verdict on one offer; never the default.</summary>
    MatchVerdict Judge(in MatchOffer offer);
}

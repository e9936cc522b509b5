namespace Perpkeel.Venues.Dydx.Indexer.Stream;

/// <summary>What is known of a message besides its contents.</summary>
/// <param name="MessageId">Its number on its connection.</param>
/// <param name="Order">Its place among all that were taken in; parts of a batch have one each.</param>
/// <param name="At">When it was heard.</param>
/// <param name="Subaccount">Which child it is about, where a parent is subscribed.</param>
internal readonly record struct Stamp(long MessageId, long Order, DateTimeOffset At, uint? Subaccount);

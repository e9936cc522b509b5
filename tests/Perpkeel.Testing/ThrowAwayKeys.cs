namespace Perpkeel.Testing;

/// <summary>A key that anybody may know.</summary>
/// <param name="Words">Its mnemonic.</param>
/// <param name="Index">Which account of the mnemonic.</param>
public sealed record ThrowAwayKey(string Words, uint Index);

/// <summary>
/// Keys to be used up in tests: accounts of mnemonics that are printed in documents. The client refuses each
/// of them on the main network, so that a test that were pointed at it could do nothing there.
/// </summary>
public static class ThrowAwayKeys
{
    private const uint AccountsOfEach = 8;

    private static readonly IReadOnlyList<string> Mnemonics =
    [
        "merge panther lobster crazy road hollow amused security before critic about cliff "
            + "exhibit cause coyote talent happy where lion river tobacco option coconut small",
        "color habit donor nurse dinosaur stable wonder process post perfect raven gold "
            + "census inside worth inquiry mammal panic olive toss shadow strong name drum",
        "school artefact ghost shop exchange slender letter debris dose window alarm hurt "
            + "whale tiger find found island what engine ketchup globe obtain glory manage",
        "switch boring kiss cash lizard coconut romance hurry sniff bus accident zone "
            + "chest height merit elevator furnace eagle fetch quit toward steak mystery nest",
        "mirror actor skill push coach wait confirm orchard lunch mobile athlete gossip "
            + "awake miracle matter bus reopen team ladder lazy list timber render wait",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
        "test test test test test test test test test test test junk",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ThrowAwayKey> All { get; } =
    [
        .. from words in Mnemonics
           from index in Enumerable.Range(0, (int)AccountsOfEach)
           select new ThrowAwayKey(words, (uint)index),
    ];

    /// <summary>The key of a seed; the same seed gives the same key.</summary>
    public static ThrowAwayKey Of(uint seed) => All[(int)(seed % (uint)All.Count)];
}

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>Why a key or an address cannot be used. A closed family; no case holds a key.</summary>
public abstract record KeyError
{
    private KeyError()
    {
    }

    /// <summary>Stable name of the fault.</summary>
    public abstract string Code { get; }

    /// <summary>What is the matter and what mends it.</summary>
    public abstract string Message { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Code}: {Message}";

    /// <summary>A word of the mnemonic is not in the English list of BIP-39.</summary>
    /// <param name="Position">Which word, from 1.</param>
    /// <param name="Word">The word, which is no secret: no mnemonic can hold it.</param>
    /// <param name="Suggestion">The nearest word of the list, where one is near.</param>
    public sealed record UnknownWord(int Position, string Word, string? Suggestion) : KeyError
    {
        /// <summary>
        /// No word is longer; what is may be a part of a private key, which nothing repeats.
        /// </summary>
        private const int LongestWord = 8;

        /// <inheritdoc/>
        public override string Code => "unknown-word";

        /// <inheritdoc/>
        public override string Message =>
            (Word.Length <= LongestWord ? $"Word {Position}, '{Word}'," : $"Word {Position}")
            + " is none of the 2048 words of BIP-39."
            + (Suggestion is null ? string.Empty : $" Perhaps '{Suggestion}'?");
    }

    /// <summary>A mnemonic has 12, 15, 18, 21 or 24 words.</summary>
    /// <param name="Count">The words that there are.</param>
    public sealed record WordCount(int Count) : KeyError
    {
        /// <inheritdoc/>
        public override string Code => "word-count";

        /// <inheritdoc/>
        public override string Message =>
            $"There are {Count} words; a mnemonic has 12, 15, 18, 21 or 24.";
    }

    /// <summary>All words are known, but they do not belong together.</summary>
    public sealed record BadChecksum : KeyError
    {
        /// <inheritdoc/>
        public override string Code => "mnemonic-checksum";

        /// <inheritdoc/>
        public override string Message =>
            "Every word is known, but the checksum does not fit: a word is another one than it was, or two "
            + "have changed places.";
    }

    /// <summary>A private key is not 32 bytes, or not written as 64 hexadecimal digits.</summary>
    /// <param name="Found">What there is instead, without the digits.</param>
    public sealed record NotAKey(string Found) : KeyError
    {
        /// <inheritdoc/>
        public override string Code => "not-a-key";

        /// <inheritdoc/>
        public override string Message =>
            $"A private key is 32 bytes, 64 hexadecimal digits with or without 0x; here are {Found}.";
    }

    /// <summary>A private key is zero or not below the order of the curve.</summary>
    public sealed record KeyOutOfRange : KeyError
    {
        /// <inheritdoc/>
        public override string Code => "key-out-of-range";

        /// <inheritdoc/>
        public override string Message =>
            "This number is no private key of secp256k1: it is zero or not below the curve's order.";
    }

    /// <summary>An Ethereum signature is not 65 bytes.</summary>
    /// <param name="Found">What there is instead.</param>
    public sealed record NotAnEthereumSignature(string Found) : KeyError
    {
        /// <inheritdoc/>
        public override string Code => "not-an-ethereum-signature";

        /// <inheritdoc/>
        public override string Message =>
            "An Ethereum signature is 65 bytes, 130 hexadecimal digits with or without 0x; here are "
            + $"{Found}.";
    }

    /// <summary>A public key is not a compressed one of 33 bytes.</summary>
    public sealed record NotAPublicKey : KeyError
    {
        /// <inheritdoc/>
        public override string Code => "not-a-public-key";

        /// <inheritdoc/>
        public override string Message => "A public key is 33 bytes, of which the first is 2 or 3.";
    }

    /// <summary>A text is not an address.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Reason">What is wrong with it.</param>
    public sealed record NotAnAddress(string Text, string Reason) : KeyError
    {
        /// <inheritdoc/>
        public override string Code => "not-an-address";

        /// <inheritdoc/>
        public override string Message => $"'{Text}' is not a dYdX address: {Reason}.";
    }

    /// <summary>A key belongs to another account than the one it was meant for.</summary>
    /// <param name="Expected">The account.</param>
    /// <param name="Actual">The account that the key makes.</param>
    public sealed record KeyOfAnotherAccount(DydxAddress Expected, DydxAddress Actual) : KeyError
    {
        /// <inheritdoc/>
        public override string Code => "key-of-another-account";

        /// <inheritdoc/>
        public override string Message =>
            $"This key is that of {Actual}, not of {Expected}. Was another account index or another mnemonic "
            + "meant, or is it a permissioned key?";
    }

    /// <summary>A key that was made for one network is used on another.</summary>
    /// <param name="KeyChainId">The chain id it was made for.</param>
    /// <param name="ChainId">The chain id it is used on.</param>
    public sealed record KeyOfAnotherNetwork(string KeyChainId, string ChainId) : KeyError
    {
        /// <inheritdoc/>
        public override string Code => "key-of-another-network";

        /// <inheritdoc/>
        public override string Message =>
            $"This key was made for {KeyChainId} and is not used on {ChainId}. Choose the network of the "
            + "key, or make a key for this one.";
    }

    /// <summary>A key that everybody has is used where the money is real.</summary>
    /// <param name="Account">The account of the key.</param>
    /// <param name="ChainId">The chain id it is used on.</param>
    public sealed record WellKnownKey(DydxAddress Account, string ChainId) : KeyError
    {
        /// <inheritdoc/>
        public override string Code => "well-known-key";

        /// <inheritdoc/>
        public override string Message =>
            $"The key of {Account} is printed in documents and test programs: whatever comes to it on "
            + $"{ChainId} is taken by others at once. Make a key of your own.";
    }
}

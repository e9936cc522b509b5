namespace Perpkeel.Storage.Journal;

/// <summary>Whether a record of a file is what the record before it lets follow.</summary>
internal static class ChainCheck
{
    /// <summary>What is wrong with a record; null when nothing is.</summary>
    public static string? FaultOf(
        Chain chain, string stream, long previousSequence, byte[] previousHash, ChainRecord record)
    {
        if (record.Sequence != previousSequence + 1)
        {
            return record.Sequence == previousSequence + 2
                ? $"{Name(chain, stream, previousSequence + 1)} is missing."
                : $"{Name(chain, stream, previousSequence + 1)} to {record.Sequence - 1} are missing.";
        }

        var expected = ChainHash.Next(chain, previousHash, stream, record);
        return expected.AsSpan().SequenceEqual(record.Hash)
            ? null
            : $"{Name(chain, stream, record.Sequence)} was altered or cut: "
                + "its hash does not follow from its content and the record before it.";
    }

    /// <summary>
    /// What is wrong with a chain's end, as the stream's own row has it; null when nothing is.
    /// </summary>
    public static string? FaultOfEnd(Chain chain, StreamRow stream, long lastSequence, byte[] lastHash)
    {
        var (last, head, _) = stream.EndOf(chain);
        if (last != lastSequence)
        {
            return $"{Name(chain, stream.Name, last)} should be the last one, "
                + $"but {lastSequence} is: records are missing, or were put in.";
        }

        return head.AsSpan().SequenceEqual(lastHash)
            ? null
            : $"{Name(chain, stream.Name, last)} is the last one, but its hash is not the stream's head.";
    }

    /// <summary>How a record is called in a message.</summary>
    public static string Name(Chain chain, string stream, long sequence) =>
        $"Stream '{stream}', {(chain == Chain.Records ? "record" : "recovery record")} {sequence}";
}

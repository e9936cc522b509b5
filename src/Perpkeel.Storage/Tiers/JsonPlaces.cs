namespace Perpkeel.Storage.Tiers;

/// <summary>Line and column of positions in a text that is read from its beginning to its end.</summary>
internal sealed class JsonPlaces(ReadOnlyMemory<byte> text, string file)
{
    private int _position;
    private long _line = 1;
    private int _lineStart;

    /// <summary>The place of a byte, not before the one that was asked for last.</summary>
    public TierFilePlace At(long position)
    {
        var end = (int)position;
        var passed = text.Span[_position..end];
        while (passed.IndexOf((byte)'\n') is var at and >= 0)
        {
            _line++;
            _position += at + 1;
            _lineStart = _position;
            passed = text.Span[_position..end];
        }

        _position = end;
        return new TierFilePlace(file, _line, _position - _lineStart + 1);
    }
}

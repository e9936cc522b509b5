using System.Diagnostics.CodeAnalysis;

namespace Perpkeel.Venues.Journal;

/// <summary>What is the matter with a journal.</summary>
public enum JournalFault
{
    /// <summary>Something else; the message says what.</summary>
    Unknown = 0,

    /// <summary>Another process holds it.</summary>
    Locked,

    /// <summary>Its content does not agree with its hash chain, or the file is damaged.</summary>
    Corrupt,

    /// <summary>There is no room left to write.</summary>
    DiskFull,

    /// <summary>It may not be written or read.</summary>
    NoAccess,

    /// <summary>It was written by a newer version, or holds an unknown kind of record.</summary>
    UnknownVersion,
}

/// <summary>
/// The journal cannot be used. The run that needs it ends: without its journal a session must not trade.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification =
    "Without fault, file and mend it would tell the user nothing that helps: there is no other constructor.")]
public sealed class JournalException : Exception
{
    /// <summary>Says what is the matter with which file, and what the user can do.</summary>
    public JournalException(
        JournalFault fault, string file, string what, string mend, Exception? innerException = null)
        : base($"{file}: {what} {mend}", innerException)
    {
        Fault = fault;
        File = file;
        Mend = mend;
    }

    /// <summary>What is the matter.</summary>
    public JournalFault Fault { get; }

    /// <summary>Which file.</summary>
    public string File { get; }

    /// <summary>What the user can do.</summary>
    public string Mend { get; }
}

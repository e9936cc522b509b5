namespace Perpkeel.Rehearsal.Disk.Native;

/// <summary>The numbers of sqlite3.h that a file system says and hears.</summary>
internal static class Sqlite
{
    public const int Ok = 0;
    public const int Busy = 5;
    public const int IoError = 10;
    public const int NotFound = 12;
    public const int Full = 13;
    public const int CannotOpen = 14;

    public const int IoErrorRead = IoError | (1 << 8);
    public const int IoErrorShortRead = IoError | (2 << 8);
    public const int IoErrorWrite = IoError | (3 << 8);
    public const int IoErrorSync = IoError | (4 << 8);
    public const int IoErrorTruncate = IoError | (6 << 8);
    public const int IoErrorSize = IoError | (7 << 8);
    public const int IoErrorDelete = IoError | (10 << 8);
    public const int IoErrorAccess = IoError | (13 << 8);
    public const int IoErrorLock = IoError | (15 << 8);
    public const int IoErrorMapShared = IoError | (21 << 8);
    public const int IoErrorDeleteNoEntry = IoError | (23 << 8);

    public const int OpenReadWrite = 0x2;
    public const int OpenCreate = 0x4;
    public const int OpenDeleteOnClose = 0x8;
    public const int OpenExclusive = 0x10;
    public const int OpenMainDatabase = 0x100;
    public const int OpenMainJournal = 0x800;
    public const int OpenSuperJournal = 0x4000;
    public const int OpenWal = 0x80000;

    public const int LockNone = 0;
    public const int LockShared = 1;
    public const int LockReserved = 2;
    public const int LockPending = 3;
    public const int LockExclusive = 4;

    public const int SharedUnlock = 1;
    public const int SharedExclusive = 8;

    public const int PowersafeOverwrite = 0x1000;
}

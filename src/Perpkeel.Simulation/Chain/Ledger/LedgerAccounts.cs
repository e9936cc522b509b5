using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>Owners with their wallets, and their subaccounts, by small numbers.</summary>
internal sealed class LedgerAccounts
{
    /// <summary>The greatest number of a subaccount.</summary>
    public const int MostNumber = 128_000;

    private readonly Dictionary<string, int> _owners = new(StringComparer.Ordinal);
    private readonly List<string> _addresses = [];
    private readonly List<Int128> _wallets = [];
    private readonly Dictionary<SubaccountKey, int> _indices = [];
    private readonly List<LedgerAccount> _accounts = [];

    /// <summary>How many owners there are.</summary>
    public int Owners => _addresses.Count;

    /// <summary>How many subaccounts are known.</summary>
    public int Count => _accounts.Count;

    /// <summary>A subaccount by index.</summary>
    public LedgerAccount this[int account] => _accounts[account];

    /// <summary>The owner of an address; one that is not known yet becomes known.</summary>
    public int OwnerOf(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        if (_owners.TryGetValue(address, out var owner)) return owner;
        owner = _addresses.Count;
        _owners.Add(address, owner);
        _addresses.Add(address);
        _wallets.Add(0);
        return owner;
    }

    /// <summary>USDC in an owner's wallet, in quote quantums.</summary>
    public Int128 Wallet(int owner) => _wallets[owner];

    /// <summary>Index of a subaccount; -1 when it was never used.</summary>
    public int Find(SubaccountKey key) => _indices.GetValueOrDefault(key, -1);

    /// <summary>
    /// Index of a subaccount; one that is not known yet becomes known, without anything in it.
    /// </summary>
    internal int Open(SubaccountKey key)
    {
        if (key.Owner < 0 || key.Owner >= Owners || key.Number is < 0 or > MostNumber)
        {
            throw new ArgumentOutOfRangeException(nameof(key), key, "There is no such subaccount.");
        }

        if (_indices.TryGetValue(key, out var index)) return index;
        index = _accounts.Count;
        _indices.Add(key, index);
        _accounts.Add(new LedgerAccount(key));
        return index;
    }

    internal void Pay(int owner, Int128 quantums) => _wallets[owner] += quantums;
}

using System.CommandLine;
using Perpkeel.Cli.Running;

namespace Perpkeel.Cli.Dydx;

/// <summary>
/// The options that all verbs of dYdX share: which chain, whose key, and what is known of both.
/// </summary>
internal sealed class ChainOptions
{
    private readonly Option<string> _network = new("--network")
    {
        Description = "mainnet, testnet, local, or chain-id=mychain;grpc=host:9090",
        HelpName = "NETWORK",
        DefaultValueFactory = _ => "testnet",
    };

    private readonly Option<string?> _endpoint = new("--endpoint")
    {
        Description = "Nodes' gRPC with commas between them [default: the network's own]",
        HelpName = "LIST",
    };

    private readonly Option<string?> _keyFile = new("--key-file")
    {
        Description = "File with the key, or - for the standard input [default: ask]",
        HelpName = "FILE",
    };

    private readonly Option<uint> _index = new("--index")
    {
        Description = "Which account of a mnemonic",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string?> _owner = new("--owner")
    {
        Description = "The account, where the key is a permissioned one",
        HelpName = "ADDRESS",
    };

    private readonly Option<ulong?> _authenticator = new("--authenticator")
    {
        Description = "The rule under which a permissioned key signs",
        HelpName = "ID",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Print the transaction, its bytes and its hash, and send nothing",
    };

    private readonly Option<ulong?> _accountNumber = new("--account-number")
    {
        Description = "With --dry-run: the owner's account number, so that no node is asked",
    };

    private readonly Option<ulong?> _nonce = new("--nonce")
    {
        Description = "With --dry-run: the nonce or sequence [default: the time in milliseconds]",
    };

    private readonly Option<ulong?> _gas = new("--gas")
    {
        Description = "With --dry-run: the gas limit of what costs a fee, so that no node is asked",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "One JSON object a line instead of words",
    };

    /// <summary>Gives a command the option of JSON, where it has none yet.</summary>
    public void AddJsonTo(Command command) => command.Options.Add(_json);

    /// <summary>
    /// What is wrong with options that only a dry run takes: a real send asks the chain, and would pass them
    /// over. Null where nothing is.
    /// </summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="others">Further options of that kind.</param>
    public UserError? Stray(ParseResult parsed, IEnumerable<Option> others)
    {
        if (parsed.GetValue(_dryRun)) return null;
        List<string> given =
        [
            .. others.Concat([_accountNumber, _nonce, _gas]).Where(option => Typed.Has(parsed, option))
                .Select(option => option.Name),
        ];
        return given.Count == 0
            ? null
            : UserError.Of(
                $"{string.Join(", ", given)}: only a --dry-run takes what you tell; what is sent is built on "
                + "what the chain says. Leave it out.");
    }

    /// <summary>Gives a command these options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="sends">Whether it signs and sends.</param>
    public void AddTo(Command command, bool sends)
    {
        command.Options.Add(_network);
        command.Options.Add(_endpoint);
        if (!sends) return;
        foreach (var option in (Option[])
            [_keyFile, _index, _owner, _authenticator, _dryRun, _accountNumber, _nonce, _gas, _json])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was typed.</summary>
    public ChainChoice Read(ParseResult parsed) => new()
    {
        Network = parsed.GetValue(_network) ?? "testnet",
        Endpoints = parsed.GetValue(_endpoint),
        KeyFile = parsed.GetValue(_keyFile),
        Index = parsed.GetValue(_index),
        Owner = parsed.GetValue(_owner),
        Authenticator = parsed.GetValue(_authenticator),
        IsDryRun = parsed.GetValue(_dryRun),
        AccountNumber = parsed.GetValue(_accountNumber),
        Nonce = parsed.GetValue(_nonce),
        Gas = parsed.GetValue(_gas),
        IsJson = parsed.GetValue(_json),
    };
}

/// <summary>Which chain and key, as typed.</summary>
internal sealed record ChainChoice
{
    /// <summary>The network.</summary>
    public required string Network { get; init; }

    /// <summary>Endpoints instead of the network's own.</summary>
    public string? Endpoints { get; init; }

    /// <summary>Where the key is.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Which account of a mnemonic.</summary>
    public uint Index { get; init; }

    /// <summary>The account of a permissioned key.</summary>
    public string? Owner { get; init; }

    /// <summary>The rule of a permissioned key.</summary>
    public ulong? Authenticator { get; init; }

    /// <summary>Whether nothing is sent.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The account's number, if told.</summary>
    public ulong? AccountNumber { get; init; }

    /// <summary>The nonce, if told.</summary>
    public ulong? Nonce { get; init; }

    /// <summary>The gas limit, if told.</summary>
    public ulong? Gas { get; init; }

    /// <summary>Whether JSON is told instead of words.</summary>
    public bool IsJson { get; init; }

    /// <summary>The options that lead another command to the same chain.</summary>
    public string Route =>
        Endpoints is { } list
            ? $"--network {Quoted(Network)} --endpoint {Quoted(list)}"
            : $"--network {Quoted(Network)}";

    private static string Quoted(string text) =>
        text.Contains(';', StringComparison.Ordinal) ? $"'{text}'" : text;
}

using System.Collections.Immutable;

namespace Perpkeel.Architecture.Tests.Requirements;

/// <summary>A requirement's name and what it is about.</summary>
/// <param name="Id">E.g. <c>EXE-4</c>.</param>
/// <param name="Title">A few words.</param>
internal sealed record Requirement(string Id, string Title);

/// <summary>All requirements, in the order in which they are listed.</summary>
internal static class RequirementTitles
{
    /// <summary>The list.</summary>
    public static ImmutableArray<Requirement> All { get; } =
    [
        new("BAL-1", "Balance as a checked value"),
        new("BAL-2", "Cached balance with one fetch for many callers"),
        new("BAL-3", "Balance faults told apart"),
        new("LEV-1", "Leverage as a value, with margin health"),
        new("LEV-2", "Leverage of an account, through the port"),
        new("SIZ-1", "Position size with the limit that binds"),
        new("SIZ-2", "Properties of position sizes"),
        new("SIZ-3", "Size from risk, target from reward"),
        new("EXE-1", "One signal through the whole path, with its trace"),
        new("EXE-2", "Closed family of execution errors"),
        new("EXE-3", "Reservations: nothing is spent twice"),
        new("EXE-4", "Orders at most once"),
        new("EXE-5", "Order kinds, cancellation, look-up"),
        new("EXE-6", "Stop and target behind every position"),
        new("EXE-7", "Retries where harmless, circuit breaker"),
        new("EXE-8", "A position's life, step by step"),
        new("EXE-9", "Realised gain with fees and funding"),
        new("STA-1", "Positions in a database"),
        new("STA-2", "SQLite and PostgreSQL alike"),
        new("STA-3", "Journal: killed anywhere, restarted right"),
        new("STA-4", "Backup and restore"),
        new("REC-1", "Books compared with the venue's and mended"),
        new("REC-2", "Orphaned positions and orders cleaned up"),
        new("USR-1", "Many users, nothing shared"),
        new("USR-2", "Webhook of chart alerts"),
        new("USR-3", "Credentials encrypted and audited"),
        new("USR-4", "dYdX keys with narrow rights"),
        new("USR-5", "Rate limits and emergency stops"),
        new("USR-6", "Audit trail"),
        new("USR-7", "Components switched off at run time"),
        new("USR-8", "Users, sign-in and key commands"),
        new("NTF-1", "Telegram messages and commands"),
        new("MAR-1", "Tiered margin without jumps"),
        new("MAR-2", "Exact decimals, boundaries included"),
        new("MAR-3", "Liquidation price, exact"),
        new("MAR-4", "Tier files, read and checked"),
        new("MAR-5", "Tier cache with last good tables"),
        new("MAR-6", "Versions of tiers, with rollback"),
        new("MAR-7", "Tiers synchronised from an exchange"),
        new("MAR-8", "Margin shown and explained"),
        new("MAR-9", "Margin over REST"),
        new("MAR-10", "Margin of many positions at once"),
        new("MAR-11", "dYdX margin in the chain's integers"),
        new("MAR-12", "Mathematics written down"),
        new("RX-1", "One shared market stream that heals"),
        new("RX-2", "Books, candles and rates from events"),
        new("RX-3", "Continuous scores, one engine a signal"),
        new("RX-4", "Strategies over many markets"),
        new("RX-5", "Streams tested in virtual time"),
        new("RX-6", "Recording and replay"),
        new("RSK-1", "Liquidation guard"),
        new("RSK-2", "Limits before every order"),
        new("RSK-3", "Funding: rates, forecasts, alerts"),
        new("RSK-4", "Refusals with rule, limit and value"),
        new("PAP-1", "Paper venue with real rules"),
        new("PAP-2", "Backtests and their report"),
        new("PAP-3", "Local venue on real sockets"),
        new("UI-1", "Terminal dashboard"),
        new("UI-2", "Web dashboard"),
        new("API-1", "REST API with live updates"),
        new("CLI-1", "One command, discoverable"),
        new("CLI-2", "A trader's verbs"),
        new("VEN-1", "dYdX v4 client"),
        new("VEN-2", "AsterDEX client"),
        new("VEN-3", "A venue's contract as tests"),
        new("VEN-4", "Networks, and keys that fit them"),
        new("OPS-1", "Metrics, health, logs, traces"),
        new("OPS-2", "Memory and processor within bounds"),
        new("OPS-3", "Several nodes share the accounts"),
        new("OPS-4", "One configuration file, checked at start"),
        new("QA-1", "Coverage, properties, whole-system simulation"),
        new("DOC-1", "Documentation"),
    ];
}

using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Accounts;

/// <summary>What holds for a symbol, whether anything is held in it or not.</summary>
/// <param name="Symbol">The venue's name of the contract.</param>
/// <param name="MarkPrice">Mark price, above zero.</param>
/// <param name="Leverage">The leverage chosen, 1 or more.</param>
/// <param name="Mode">Whether its positions are cross or isolated.</param>
public sealed record ContractSetting(string Symbol, decimal MarkPrice, Leverage Leverage, MarginMode Mode);

/// <summary>One position of an account.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Size">Signed base units, not zero: above for a long, below for a short.</param>
/// <param name="EntryPrice">Average entry price, above zero.</param>
/// <param name="IsolatedWallet">
/// Money set aside for it, in the quote asset, without unrealised profit; zero for a cross position.
/// </param>
public sealed record HeldPosition(
    PositionKey Key, decimal Size, decimal EntryPrice, decimal IsolatedWallet = 0m);

namespace Perpkeel.Simulation.Chain.Book;

/// <summary>Why a fill was not made, or no further one: said by the judge, handed on by the book.</summary>
/// <remarks>
/// The cases are those of the chain's matching (v4-chain, <c>x/clob/memclob</c>): reasons for the removal of
/// a maker, and states in which a taker ends.
/// </remarks>
internal enum MatchRefusal : byte
{
    /// <summary>Nothing was refused.</summary>
    None = 0,

    /// <summary>Maker and taker are of one subaccount; the maker goes.</summary>
    SelfTrade,

    /// <summary>The subaccount cannot carry the fill.</summary>
    Undercollateralized,

    /// <summary>The order may only reduce, and nothing is left to be reduced.</summary>
    ReduceOnly,

    /// <summary>The fill would put an isolated market beside another.</summary>
    ViolatesIsolation,

    /// <summary>The subaccount has lost what the insurance fund gives in one block.</summary>
    LiquidationInsuranceLimit,

    /// <summary>As much of the subaccount was liquidated as one block may.</summary>
    LiquidationNotionalLimit,

    /// <summary>The insurance fund cannot pay: the position must be deleveraged.</summary>
    NeedsDeleveraging,

    /// <summary>The maker was signed by a permissioned key whose rule is gone.</summary>
    PermissionedKeyExpired,

    /// <summary>The market has no price, or a collateral pool cannot pay.</summary>
    Impossible,
}

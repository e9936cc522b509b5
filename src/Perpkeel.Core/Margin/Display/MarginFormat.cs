using System.Collections.Frozen;
using System.Globalization;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Display;

/// <summary>
/// Figures of margin as people read them, the same on every machine. What an account must have is never shown
/// smaller than it is, and what it has never larger: the methods say which way they round.
/// </summary>
/// <param name="asset">The quote asset, e.g. <c>USDT</c> or <c>BTC</c>; amounts are in it.</param>
public sealed class MarginFormat(string asset)
{
    /// <summary>Shown for a ratio or a price that there is none of.</summary>
    public const string None = "--";

    private const int DollarPlaces = 2;
    private const int CoinPlaces = 8;
    private const int MostPlaces = 28;
    private const int PriceDigits = 6;
    private const decimal NextUnit = 1_000m;
    private const decimal MostRatio = 1e10m;

    private static readonly FrozenSet<string> Dollars = FrozenSet.Create(
        StringComparer.Ordinal, "USD", "USDT", "USDC", "USD1", "FDUSD", "BUSD", "TUSD");

    /// <summary>The quote asset.</summary>
    public string Asset { get; } = asset;

    /// <summary>Whether the asset is a dollar, written $ with cents; others follow their amount.</summary>
    public bool IsDollar { get; } = Dollars.Contains(asset);

    /// <summary>Decimal places of an amount that nobody asked more of: cents, or 8 of a coin.</summary>
    public int Places => IsDollar ? DollarPlaces : CoinPlaces;

    /// <summary>An amount that is required, or a notional; rounded up.</summary>
    public string Requirement(decimal amount) => RequirementAt(amount, Places);

    /// <summary>The same with so many decimal places, 0 to 28.</summary>
    public string RequirementAt(decimal amount, int places) => Money(Up(amount, places), places, false);

    /// <summary>By how much a requirement changes, with its sign; rounded up.</summary>
    public string RequirementChange(decimal amount) => Money(Up(amount, Places), Places, isChange: true);

    /// <summary>An amount that is there, or a profit; rounded down, a loss away from zero.</summary>
    public string Collateral(decimal amount) => CollateralAt(amount, Places);

    /// <summary>The same with so many decimal places, 0 to 28.</summary>
    public string CollateralAt(decimal amount, int places) => Money(Down(amount, places), places, false);

    /// <summary>By how much collateral changes, with its sign; rounded down.</summary>
    public string CollateralChange(decimal amount) => Money(Down(amount, Places), Places, isChange: true);

    /// <summary>An amount to its last digit, without zeros at its end.</summary>
    public string Exactly(decimal amount) => WithAsset(
        amount < 0m ? "-" : string.Empty,
        Math.Abs(amount).ToString("#,##0.############################", CultureInfo.InvariantCulture));

    /// <summary>
    /// A requirement or a notional in short, e.g. <c>$5M</c>; two places at most, rounded up: by less than a
    /// hundredth of the largest unit that is not above the amount.
    /// </summary>
    public string CompactRequirement(decimal amount) => Compact(amount, MidpointRounding.ToPositiveInfinity);

    /// <summary>Collateral in short, e.g. <c>$1.23M</c>; the same, rounded down.</summary>
    public string CompactCollateral(decimal amount) => Compact(amount, MidpointRounding.ToNegativeInfinity);

    /// <summary>
    /// A price with at least six digits, rounded up: as a long's liquidation price is shown.
    /// </summary>
    public string PriceUp(decimal price) => Price(price, MidpointRounding.ToPositiveInfinity);

    /// <summary>A price with at least six digits, rounded down: as a short's is shown.</summary>
    public string PriceDown(decimal price) => Price(price, MidpointRounding.ToNegativeInfinity);

    /// <summary>
    /// The price at which a position is liquidated, rounded toward where the price is now: up for a long,
    /// down for a short, so that nobody is warned too late. <see cref="None"/> without one.
    /// </summary>
    /// <param name="price">The price; null without one.</param>
    /// <param name="size">The signed size.</param>
    public string LiquidationPrice(decimal? price, decimal size) => LiquidationPrice(price, Sides.Of(size));

    /// <summary>
    /// The same for a price whose side is known: the nearest end of a hedge need not be that of the leg.
    /// </summary>
    /// <param name="price">The price; null without one.</param>
    /// <param name="side">
    /// <see cref="Side.Buy"/> when a fall reaches it, <see cref="Side.Sell"/> when a rise does.
    /// </param>
    public string LiquidationPrice(decimal? price, Side side) =>
        price is not { } known ? None : side == Side.Buy ? PriceUp(known) : PriceDown(known);

    /// <summary>A fraction as a percentage with all its digits: 0.03333 is <c>3.333 %</c>.</summary>
    public static string Rate(decimal fraction) =>
        fraction is > MostRatio or < -MostRatio
            ? RatioUp(fraction)
            : (fraction * 100m).ToString("#,##0.##########################", CultureInfo.InvariantCulture)
                + " %";

    /// <summary>
    /// A margin ratio as a percentage with two places, rounded up: 100 % is shown where it is liquidated and
    /// just before. Null is infinite.
    /// </summary>
    public static string RatioUp(decimal? ratio) => ratio switch
    {
        null => "infinite",
        > MostRatio => "above 1,000,000,000,000 %",
        { } known => $"{(Up(known, 4) * 100m).ToString("#,##0.00", CultureInfo.InvariantCulture)} %",
    };

    /// <summary>By how much a ratio changes, in percentage points, rounded up.</summary>
    public static string RatioChange(decimal? change) =>
        change is not { } known ? None : (known > 0m ? "+" : string.Empty) + RatioUp(known);

    /// <summary>A size in base units with all its digits.</summary>
    public static string Size(decimal size) =>
        size.ToString("#,##0.############################", CultureInfo.InvariantCulture);

    private static decimal Up(decimal amount, int places) =>
        decimal.Round(amount, places, MidpointRounding.ToPositiveInfinity);

    private static decimal Down(decimal amount, int places) =>
        decimal.Round(amount, places, MidpointRounding.ToNegativeInfinity);

    private string Money(decimal rounded, int places, bool isChange)
    {
        var sign = rounded < 0m ? "-" : isChange && rounded > 0m ? "+" : string.Empty;
        return WithAsset(
            sign, Math.Abs(rounded).ToString($"N{places}", CultureInfo.InvariantCulture));
    }

    private string Compact(decimal amount, MidpointRounding way)
    {
        (decimal Unit, string Letter)[] units =
            [(1m, string.Empty), (1e3m, "k"), (1e6m, "M"), (1e9m, "B"), (1e12m, "T")];
        var magnitude = Math.Abs(amount);
        var at = units.Length - 1;
        while (at > 0 && magnitude < units[at].Unit) at--;

        // Rounded to a whole number first, so that the division only moves the point.
        var scaled = at == 0
            ? decimal.Round(amount, Places, way)
            : decimal.Round(decimal.Round(amount, 0, way) / units[at].Unit, DollarPlaces, way);
        return Math.Abs(scaled) == NextUnit && at < units.Length - 1
            ? Short(Math.Sign(scaled), units[at + 1].Letter)
            : Short(scaled, units[at].Letter);
    }

    private string Short(decimal scaled, string letter) => WithAsset(
        scaled < 0m ? "-" : string.Empty,
        Math.Abs(scaled).ToString("#,##0.########", CultureInfo.InvariantCulture) + letter);

    private string Price(decimal price, MidpointRounding way)
    {
        var magnitude = Math.Abs(price);
        var places = DollarPlaces;
        var bound = Decimals.PowerOfTen(PriceDigits - DollarPlaces - 1);
        while (magnitude != 0m && places < MostPlaces && magnitude < bound)
        {
            places++;
            bound /= 10m;
        }

        var rounded = decimal.Round(price, places, way);
        return WithAsset(
            rounded < 0m ? "-" : string.Empty,
            Math.Abs(rounded).ToString("#,##0.00##########################", CultureInfo.InvariantCulture));
    }

    private string WithAsset(string sign, string digits) =>
        IsDollar ? $"{sign}${digits}" : $"{sign}{digits} {Asset}";
}

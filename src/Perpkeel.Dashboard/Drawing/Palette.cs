using Spectre.Console;

namespace Perpkeel.Dashboard.Drawing;

/// <summary>The few styles of the dashboard. Colour decorates; signs and words say the same.</summary>
internal static class Palette
{
    public static Style Plain { get; } = Style.Plain;

    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    public static Style Title { get; } = new(Color.SteelBlue1, decoration: Decoration.Bold);

    public static Style Quiet { get; } = new(Color.Grey58);

    public static Style Rule { get; } = new(Color.Grey35);

    public static Style Up { get; } = new(Color.SeaGreen3);

    public static Style Down { get; } = new(Color.IndianRed1);

    public static Style Notice { get; } = new(Color.SandyBrown);

    public static Style Accent { get; } = new(Color.SteelBlue1);

    public static Style Alarm { get; } = new(Color.White, Color.DarkRed, Decoration.Bold);

    public static Style Badge { get; } = new(Color.Black, Color.SandyBrown, Decoration.Bold);

    /// <summary>Green above zero, red below, plain at zero.</summary>
    public static Style OfSign(decimal amount) => amount > 0m ? Up : amount < 0m ? Down : Plain;
}

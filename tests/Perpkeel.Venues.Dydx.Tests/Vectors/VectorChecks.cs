using Perpkeel.Venues.Dydx.Curve;

namespace Perpkeel.Venues.Dydx.Tests.Vectors;

/// <summary>Which check a category has.</summary>
internal static class VectorChecks
{
    public static bool Knows(VectorCase vector) => Of(vector) is not null;

    public static void Check(VectorCase vector, ISecp256k1 curve) => Of(vector)!(vector, curve);

    private static Action<VectorCase, ISecp256k1>? Of(VectorCase vector) => vector.Category switch
    {
        "keys" => KeyChecks.Check,
        "place-order" or "cancel-order" or "batch-cancel" or "msg" => (one, _) => MessageChecks.Check(one),
        "signed-tx" => TxChecks.Check,
        _ => null,
    };
}

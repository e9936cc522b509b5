using Perpkeel.Venues.Dydx.Curve;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Vectors;

/// <summary>Which check a category has.</summary>
internal static class VectorChecks
{
    public static void Check(VectorCase vector, ISecp256k1 curve)
    {
        switch (vector.Category)
        {
            case "keys":
                KeyChecks.Check(vector, curve);
                break;
            case "quantise":
                QuantiseChecks.Check(vector);
                break;
            case "place-order":
                OrderChecks.Check(vector);
                break;
            case "cancel-order" or "batch-cancel" or "msg":
                RequestChecks.Check(vector);
                break;
            case "signed-tx":
                TxChecks.Check(vector, curve);
                break;
            case "indexer-id":
                IndexerIdChecks.Check(vector);
                break;
            default:
                Assert.Fail($"There is no check for '{vector.Category}'.");
                break;
        }
    }
}

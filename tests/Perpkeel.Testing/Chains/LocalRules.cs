using System.Text.Json;

namespace Perpkeel.Testing.Chains;

/// <summary>Rules of permissioned keys as the local chain stores them.</summary>
internal static class LocalRules
{
    /// <summary>The key that a rule of the kind AllOf asks a signature of.</summary>
    public static byte[] KeyOf(byte[] config)
    {
        using var rule = JsonDocument.Parse(config);
        foreach (var part in rule.RootElement.EnumerateArray())
        {
            if (part.GetProperty("type").GetString() is "SignatureVerification")
            {
                return part.GetProperty("config").GetBytesFromBase64();
            }
        }

        return [];
    }
}

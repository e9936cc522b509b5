using System.Security.Cryptography;
using System.Text;

namespace Perpkeel.Rehearsal.Reports;

/// <summary>One number for many things.</summary>
internal static class RehearsalHash
{
    /// <summary>The number of some texts, in their order: sixty-four hexadecimal digits.</summary>
    public static string Of(IEnumerable<string> texts) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))));
}

using Google.Protobuf.Reflection;
using Perpkeel.Testing;
using Perpkeel.Venues.Dydx.Keys;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Transactions;

/// <summary>Names, numbers and types of all fields, as the chain has them.</summary>
[Trait("Req", "VEN-1")]
public sealed class FieldTests
{
    /// <summary>
    /// A changed number is a changed wire format: each row of the file is a fact of the chain and never
    /// changes. What the messages have and the file lacks is shown, and the other way round.
    /// </summary>
    [Fact]
    public void Every_field_has_the_chains_number_and_type()
    {
        var known = File.ReadAllLines(Path.Combine(
            RepositoryRoot.Find(), "tests", "Perpkeel.Venues.Dydx.Tests", "Transactions", "fields.tsv"));
        var built = Files().SelectMany(file => file.MessageTypes).SelectMany(Rows).ToList();

        Assert.Empty(known.Except(built, StringComparer.Ordinal));
        Assert.Empty(built.Except(known, StringComparer.Ordinal));
    }

    private static IEnumerable<FileDescriptor> Files() => typeof(KeyPair).Assembly.GetExportedTypes()
        .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!);

    private static IEnumerable<string> Rows(MessageDescriptor message) =>
        message.Fields.InDeclarationOrder()
            .Select(field => $"{message.FullName}\t{field.FieldNumber}\t{field.Name}\t{Type(field)}")
            .Concat(message.NestedTypes.SelectMany(Rows));

    private static string Type(FieldDescriptor field)
    {
        var name = field.FieldType switch
        {
            FieldType.Message => field.MessageType.FullName,
            FieldType.Enum => field.EnumType.FullName,
            _ => field.FieldType.ToString().ToLowerInvariant(),
        };
        return field.IsRepeated ? $"repeated {name}" : name;
    }
}

using System.Text.Json.Serialization;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Simulation;

/// <summary>A message on its way to the venue. A closed family.</summary>
internal abstract record VenueMessage
{
    private VenueMessage()
    {
    }

    /// <summary>The order it is about.</summary>
    [JsonIgnore]
    public abstract ClientOrderId ClientId { get; }

    /// <summary>When it was sent.</summary>
    [JsonIgnore]
    public abstract DateTimeOffset SentAt { get; }

    /// <summary>Place an order.</summary>
    /// <param name="Order">The order.</param>
    public sealed record Place(OrderIntent Order) : VenueMessage
    {
        /// <inheritdoc/>
        public override ClientOrderId ClientId => Order.ClientId;

        /// <inheritdoc/>
        public override DateTimeOffset SentAt => Order.IntendedAt;
    }

    /// <summary>Take an order back.</summary>
    /// <param name="Target">Which.</param>
    /// <param name="IntendedAt">When that was meant.</param>
    public sealed record Cancel(ClientOrderId Target, DateTimeOffset IntendedAt) : VenueMessage
    {
        /// <inheritdoc/>
        public override ClientOrderId ClientId => Target;

        /// <inheritdoc/>
        public override DateTimeOffset SentAt => IntendedAt;
    }
}

/// <summary>The generated serializers of <see cref="VenueMessage"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(PlainDecimalJson)])]
[JsonSerializable(typeof(VenueMessage.Place))]
[JsonSerializable(typeof(VenueMessage.Cancel))]
internal sealed partial class MessageJson : JsonSerializerContext;

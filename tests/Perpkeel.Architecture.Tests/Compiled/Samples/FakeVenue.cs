namespace Perpkeel.Architecture.Tests.Compiled.Samples;

/// <summary>Named as no type of the product is.</summary>
internal static class FakeVenue;

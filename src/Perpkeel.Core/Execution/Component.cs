namespace Perpkeel.Core.Execution;

/// <summary>What can be switched off by itself while the rest goes on. Protection is none of it.</summary>
public enum Component
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>Signals from outside: a person's, a program's, a webhook's.</summary>
    Signals,

    /// <summary>What the strategies plan.</summary>
    Strategies,

    /// <summary>Every order that takes new risk at this account's venue.</summary>
    Execution,

    /// <summary>Signals that come by webhook.</summary>
    Webhooks,

    /// <summary>Messages to the user.</summary>
    Notifications,
}

/// <summary>That no new risk is taken until somebody resumes.</summary>
/// <param name="By">Who stopped it.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="At">When.</param>
public sealed record TradingStop(string By, string Reason, DateTimeOffset At);

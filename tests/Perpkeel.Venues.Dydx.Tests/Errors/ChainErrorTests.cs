using Perpkeel.Venues.Dydx.Errors;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Errors;

[Trait("Req", "VEN-1")]
public sealed class ChainErrorTests
{
    /// <summary>Every code that a client can meet, by module.</summary>
    [Theory]
    [InlineData("sdk", "2 4-13 18-22 30-32 35 38 41")]
    [InlineData(
        "clob",
        "2-12 18 20 24 29 30 32 34 42-50 1000-1022 2000-2005 3000-3010 4000-4008 5001 6000-6002 9000-9003 "
        + "10001 11000-11004")]
    [InlineData("dydxaccountplus", "1-6 100-105")]
    [InlineData("subaccounts", "101 102 200 201 500 700-703")]
    [InlineData("sending", "1 2 5 6 1101")]
    [InlineData("revshare", "8")]
    [InlineData("undefined", "1 111222")]
    public void Every_code_is_in_the_table(string codespace, string codes)
    {
        var expected = codes.Split(' ').SelectMany(Range).Select(code => new ChainCode(codespace, code));

        var known = ChainErrorTable.All.Select(row => row.Code)
            .Where(code => string.Equals(code.Codespace, codespace, StringComparison.Ordinal))
            .OrderBy(code => code.Code);

        Assert.Equal(expected, known);
    }

    [Fact]
    public void Every_row_says_what_it_means_and_what_mends_it() => Assert.All(
        ChainErrorTable.All,
        row =>
        {
            Assert.EndsWith(".", row.Meaning, StringComparison.Ordinal);
            Assert.EndsWith(".", row.Mend, StringComparison.Ordinal);
        });

    /// <summary>The same number means other things in other modules.</summary>
    [Theory]
    [InlineData("clob", 9, ChainOutcome.DoneAlready)]
    [InlineData("sdk", 9, ChainOutcome.NotDone)]
    [InlineData("clob", 32, ChainOutcome.DoneAlready)]
    [InlineData("sdk", 32, ChainOutcome.NotDone)]
    [InlineData("clob", 11, ChainOutcome.NotDone)]
    [InlineData("sdk", 11, ChainOutcome.NotDone)]
    [InlineData("sdk", 19, ChainOutcome.DoneAlready)]
    [InlineData("clob", 19, ChainOutcome.Unknown)]
    public void A_code_counts_only_with_its_module(string codespace, uint code, ChainOutcome outcome) =>
        Assert.Equal(outcome, ChainErrorTable.Of(new(codespace, code), string.Empty).Outcome);

    /// <summary>What answers a short-term order whose very bytes were sent before.</summary>
    [Theory]
    [InlineData("sdk", 19, ChainOutcome.DoneAlready)]
    [InlineData("clob", 20, ChainOutcome.Unknown)]
    [InlineData("clob", 24, ChainOutcome.Unknown)]
    [InlineData("clob", 7, ChainOutcome.Unknown)]
    [InlineData("sdk", 4, ChainOutcome.Unknown)]
    [InlineData("clob", 2004, ChainOutcome.Unknown)]
    [InlineData("clob", 3005, ChainOutcome.Unknown)]
    [InlineData("dydxaccountplus", 100, ChainOutcome.Unknown)]
    [InlineData("dydxaccountplus", 104, ChainOutcome.Unknown)]
    [InlineData("clob", 10, ChainOutcome.Unknown)]
    [InlineData("sdk", 32, ChainOutcome.Unknown)]
    [InlineData("clob", 48, ChainOutcome.NotDone)]
    public void Sent_again_it_may_mean_that_the_first_one_counts(
        string codespace, uint code, ChainOutcome outcome) =>
        Assert.Equal(outcome, ChainErrorTable.Of(new(codespace, code), string.Empty).OutcomeWhenSentAgain);

    /// <summary>
    /// Something under this id is or was there already: it may be this very order, sent by somebody else or
    /// before a restart. Whoever then takes a new id may hold the position twice.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(2004)]
    [InlineData(3005)]
    [InlineData(3006)]
    [InlineData(3008)]
    [InlineData(3009)]
    public void Spec_9_3_what_may_be_there_already_is_looked_up_and_gets_no_new_id(uint code)
    {
        var error = ChainErrorTable.Of(new(ChainCodes.Clob, code), string.Empty);

        Assert.Equal(ChainOutcome.Unknown, error.Outcome);
        Assert.StartsWith("Look ", error.Mend, StringComparison.Ordinal);
        Assert.DoesNotContain("new client id", error.Mend, StringComparison.Ordinal);
        Assert.False(error.MayRetry);
    }

    /// <summary>A second answer can never prove that less was done than the first one said.</summary>
    [Fact]
    public void What_may_be_done_is_not_undone_when_it_is_sent_again()
    {
        Assert.All(
            ChainErrorTable.All.Where(row => row.Outcome == ChainOutcome.DoneAlready),
            row => Assert.Equal(ChainOutcome.DoneAlready, row.OutcomeWhenSentAgain));
        Assert.All(
            ChainErrorTable.All.Where(row => row.Outcome == ChainOutcome.Unknown),
            row => Assert.NotEqual(ChainOutcome.NotDone, row.OutcomeWhenSentAgain));
    }

    [Fact]
    public void Only_what_was_not_done_may_be_tried_again_unchanged()
    {
        var again = ChainErrorTable.All.Where(row => row.MayRetry).ToList();

        Assert.All(again, row => Assert.Equal(ChainOutcome.NotDone, row.Outcome));
        Assert.Equal(
            ["clob/47", "clob/5001", "sdk/20"],
            again.Select(row => row.Code.ToString()).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void A_code_that_is_not_known_leaves_the_outcome_open()
    {
        var error = ChainErrorTable.Of(new("newmodule", 5), "something new");

        Assert.Equal(ChainOutcome.Unknown, error.Outcome);
        Assert.Contains("newmodule/5", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("(something new)", error.ToString(), StringComparison.Ordinal);
        Assert.False(error.MayRetry);
    }

    [Fact]
    public void Zero_is_no_error()
    {
        Assert.True(new ChainCode("sdk", 0).IsAccepted);
        Assert.Throws<ArgumentException>(() => ChainErrorTable.Of(new("sdk", 0), string.Empty));
        Assert.Equal(
            "sdk/9: The account does not exist. Fund the wallet first: an account appears with its first "
            + "coins.",
            ChainErrorTable.Of(new("sdk", 9), string.Empty).ToString());
    }

    /// <summary>A code that has a name is in the table.</summary>
    [Fact]
    public void Every_named_code_is_known() => Assert.All(
        typeof(ChainCodes).GetProperties(),
        property => Assert.Contains(
            (ChainCode)property.GetValue(null)!, ChainErrorTable.All.Select(row => row.Code)));

    private static IEnumerable<uint> Range(string text)
    {
        var ends = text.Split('-');
        var first = uint.Parse(ends[0], null);
        var last = uint.Parse(ends[^1], null);
        for (var code = first; code <= last; code++) yield return code;
    }
}

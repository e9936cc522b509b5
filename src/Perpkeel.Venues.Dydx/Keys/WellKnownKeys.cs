using System.Collections.Frozen;

namespace Perpkeel.Venues.Dydx.Keys;

/// <summary>
/// Accounts whose words are printed in documents and test programs, so that everybody has their keys: what
/// comes to them on the main network is taken at once. The first eight accounts of each mnemonic.
/// </summary>
/// <remarks>
/// Sources: dYdX's local chain and the examples of its clients; BIP-39's test vectors; the mnemonic of
/// Ethereum's development chains. Addresses only: no word is needed to refuse a key.
/// </remarks>
public static class WellKnownKeys
{
    private static readonly FrozenSet<string> Addresses = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            // A local chain: alice.
            "dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4",
            "dydx1nzuyzj2hyngtq39euyepzp2wqcuncg00me3syj",
            "dydx1r8g3hrl4s4dzu9vxhu4nkltjuv9vf0g2j58vde",
            "dydx1zy4uzc0wnpegrgfaxsljrq6asp7aftkfunr5ls",
            "dydx1tqmyj6xq9w4gsv0t477mgs80xgn42hevus66jn",
            "dydx1ycjw3pxjd4r2jka08h97yr4yr0ywm29kyzw4gt",
            "dydx18l7nnwx9apjkmxfmh54fhg656fycwtgnrlsd0w",
            "dydx1dx5zv4pd2qw7hcn549k0qg7d835t245ze3z4el",
            // A local chain: bob.
            "dydx10fx7sy6ywd5senxae9dwytf8jxek3t2gcen2vs",
            "dydx1pgzkclhzy632n75kfsuececjtpgance347g3wl",
            "dydx14d58ewsldugm5pd8785fwpnsras5x6fr8g3jqt",
            "dydx17av72hu0s7y3espmse0l0g4txv6f23gtluj5nk",
            "dydx1pmgdhpacy2ch42g0yhvktu0nwas22rmxgx368v",
            "dydx1p8afaxlykjvq3lfd5snh5qrzy5fxjapg8cajfh",
            "dydx1e9y9l4cy8ckes0slmrqc2euln9nnykzeutxtxy",
            "dydx1wtsaxfh0ezyajcan9f2nuwq6lcgfursetprfhx",
            // A local chain: carl.
            "dydx1fjg6zp6vv8t9wvy4lps03r5l4g7tkjw9wvmh70",
            "dydx1ewqvw9hfh96tfs6t6xcs6z4ddpyt6t5mzju8rg",
            "dydx1yryu52e7lukeuckkxcj6jl340l0m58p5akm5da",
            "dydx17naj006sk4r65vd9nulwdej7nfa6dzhfkmgzyk",
            "dydx1djf434k8ptmt5lc56lukapdw06hc5d39e8u93q",
            "dydx1gg653ay8evk4tezr3e74zlzk8ps4k5n22g5tpc",
            "dydx1ht2pxxy96yey0xxwq0v83spane2jx25wqhsdvq",
            "dydx1p8gxfhz0djtgp9aw2lkuscx0rwfrdsnejnz2wn",
            // A local chain: dave.
            "dydx1wau5mja7j7zdavtfq9lu7ejef05hm6ffenlcsn",
            "dydx1jt3849cfhzxe7w00kdsd988689gn5wzpnkxjjj",
            "dydx1pzr0c6uxc539xmcqzgyxehw9su8xu282rjwjcl",
            "dydx1ujd20sp7pq7yd7r09mejjgpvr3yvyczeyqrkj5",
            "dydx1w3fnl3w2a4ag8kyhn668cc4v8ema6sed7nt3z6",
            "dydx14ltd639fvr85u8mg0jgfwepfcv2hd0aq8ew8dj",
            "dydx1rfqrnh9642vcs7lngluetaht2jqu6tp5r47mz5",
            "dydx19300q97ctcr42kutjp89azmd0tf6swg0mvm8j0",
            // The account of the official clients' examples.
            "dydx14zzueazeh0hj67cghhf9jypslcf9sh2n5k6art",
            "dydx1t3vv5f3clj6e99jvh4nujuhzwht2a5l9wn2425",
            "dydx1nx6cg3s4tcda5ujsm2ypc2sf25t2r2l5k640t9",
            "dydx1uz6xemcfn2e55aujs3zfld8m30qpchj59hz722",
            "dydx1jyxj7pdu47tcrrtaj6u48trr8pmsn627jwzmhm",
            "dydx1qkcl3uvlf5d25tuhc85a0ajkmgcwaw6uacs4c8",
            "dydx1t766hvl7l54w5xahy0qul8xy6fp7pxj3gdjf84",
            "dydx1yagvefeu9nq3mnzupxenn8jqcc86ss853frjnl",
            // BIP-39's own first example.
            "dydx19rl4cm2hmr8afy4kldpxz3fka4jguq0a4erelz",
            "dydx1jrkmdcwgq94uaamx6zax2luewlhf7u4k4pg4k4",
            "dydx1kng7tv83qesgvv2ze7hxlw4urfrjk8vqf20ydu",
            "dydx1zuvk68xw4y9swp06796rx8zarjvvkrt6xraztg",
            "dydx12ecyuddg4wlnhztusgju5zxxjgznkz7fes66kh",
            "dydx1neyy3lf7kjfs8pm5880g6hjgltngu69qka0j3a",
            "dydx1ztdlmjswzga50r03wv83xsfyaxku3085z4za5f",
            "dydx1ry8ad7xw5n5y4zhplc6s7xruxmamtsallzdykr",
            // The usual account of development chains.
            "dydx15yk64u7zc9g9k2yr2wmzeva5qgwxps6y0tptef",
            "dydx1erxf3sa9q2j4vgseu7jq4a258ckmk7cyx85084",
            "dydx1htamarexaxhgdsp0xu6sppeyx7avtvqrys505l",
            "dydx19tkvgvwht3n8pcqydrcq4cxwhr8rp2geky6g9n",
            "dydx164cy6j05j3kaqlzqgzn9mjz95vqjhxmhn9vkax",
            "dydx18el2mdgsjwvzezu5cjsyuyx0uru4zrm2s7m9jn",
            "dydx1wqsddpelugnm7ss40puw20dacafhq8gk6phe8v",
            "dydx1urv8703cxqny9mcqdu8enh4mdhx0x55delwe8s",
        ]);

    /// <summary>How many there are.</summary>
    public static int Count => Addresses.Count;

    /// <summary>Whether everybody has the key of an account.</summary>
    public static bool Holds(DydxAddress account) => Addresses.Contains(account.Text);
}

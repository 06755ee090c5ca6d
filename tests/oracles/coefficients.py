"""Coefficients of agreement with their intervals, worked out from the papers they come from and from the published seed.

Krippendorff's alpha with the ordinal metric (Krippendorff 2011), Cohen's weighted kappa (Cohen 1968), and the percentile bootstrap over
whole cases (Efron and Tibshirani 1993). Random numbers are those of ChaCha with eight rounds (Bernstein 2008), its key made of the seed
by PCG-XSH-RR (O'Neill 2014), so that an interval can be repeated to the last digit by whoever reads its seed under it.

Nothing here is taken from the Rust code. Standard library only.
"""

from collections import Counter

FEWEST_PAIRS, FEWEST_CASES, RESAMPLES = 20, 5, 1000
WORD, LONG = 2**32 - 1, 2**64 - 1


def key_of(seed):
    """Eight words of a key."""
    words = []
    for _ in range(8):
        seed = (seed * 0x5851F42D4C957F2D + 0xA17654E46FBE17F3) & LONG
        mixed, turn = (((seed >> 18) ^ seed) >> 27) & WORD, seed >> 59
        words.append(((mixed >> turn) | (mixed << (32 - turn))) & WORD)
    return words


def uniform(seed):
    """An endless stream of numbers of 64 bits."""
    begin = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574, *key_of(seed)]
    corners = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]
    block = 0
    while True:
        first = [*begin, block & WORD, block >> 32, 0, 0]
        state = list(first)
        for _ in range(4):
            for a, b, c, d in corners:
                for add, into, by in ((b, d, 16), (d, b, 12), (b, d, 8), (d, b, 7)):
                    to = a if into == d else c
                    state[to] = (state[to] + state[add]) & WORD
                    mixed = state[into] ^ state[to]
                    state[into] = ((mixed << by) | (mixed >> (32 - by))) & WORD
        words = [(one + other) & WORD for one, other in zip(state, first)]
        for low, high in zip(words[::2], words[1::2]):
            yield low | high << 32
        block += 1


def below(n, stream):
    """A number below n; those of the last, incomplete run of n are thrown away."""
    while True:
        drawn = next(stream)
        if drawn < 2**64 - 2**64 % n:
            return drawn % n


def estimate(pairs, cases, coefficient, seed):
    """As the screens hold it: a value with its interval, or why there is none. `coefficient` takes how often each case counts."""
    for n, needed, of in ((pairs, FEWEST_PAIRS, "pairs"), (cases, FEWEST_CASES, "cases")):
        if n < needed:
            return {"too-few": {"n": n, "needed": needed, "of": of}}
    stream, values = uniform(seed), []
    for _ in range(RESAMPLES):
        drawn = Counter(below(cases, stream) for _ in range(cases))
        value = coefficient([drawn[case] for case in range(cases)])
        if value is not None:
            values.append(value)
    values.sort()
    value, end = coefficient([1] * cases), max(1, (len(values) + 1) * 25 // 1000)
    if value is None or not values:
        return "undefined"
    found = {"value": value, "low": values[end - 1], "high": values[-end], "n": cases, "seed": seed, "resamples": len(values)}
    return {"value": rounded(found)}


def rounded(found):
    return {key: round(value, 9) if isinstance(value, float) else value for key, value in found.items()}


def kappa(pairs, times):
    """Quadratic-weighted, of pairs of places."""
    met, first, second = 0, Counter(), Counter()
    for (one, other), many in zip(pairs, times):
        met += (one - other) ** 2 * many
        first[one] += many
        second[other] += many
    chance = sum((one - other) ** 2 * first[one] * second[other] for one in first for other in second)
    return 1 - sum(times) * met / chance if chance else None


def alpha_of(cases):
    """How alpha depends on how often each case counts; a case is a list of questions, each a list of places. Gives that, the number of
    cases with two judgements of a question, and the number of such pairs."""
    parts, pairs = [], 0
    for case in cases:
        given, coincide = Counter(), Counter()
        for question in case:
            raters, counts = len(question), Counter(question)
            if raters < 2:
                continue
            pairs += raters * (raters - 1) // 2
            given.update(counts)
            for one, here in counts.items():
                for other, there in counts.items():
                    if one != other:
                        coincide[(one, other)] += here * there / (raters - 1)
        if given:
            parts.append((given, coincide))
    places = sorted({place for given, _ in parts for place in given})

    def alpha(times):
        all_given, all_met = Counter(), Counter()
        for (given, coincide), many in zip(parts, times):
            if many:
                for place, count in given.items():
                    all_given[place] += count * many
                for both, met in coincide.items():
                    all_met[both] += met * many
        distance = {}
        for at, one in enumerate(places):
            for other in places[at + 1 :]:
                between = sum(all_given[place] for place in places if one <= place <= other) - (all_given[one] + all_given[other]) / 2
                distance[(one, other)] = distance[(other, one)] = between**2
        expected = sum(all_given[one] * all_given[other] * far for (one, other), far in distance.items())
        observed = sum(met * distance[both] for both, met in all_met.items())
        return 1 - (sum(all_given.values()) - 1) * observed / expected if expected else None

    return alpha, len(parts), pairs

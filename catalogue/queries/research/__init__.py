"""Answers that can be published: each a function of a QuerySet of components, one statement under the reader's rule."""

from . import claims, commonality, dated, lag, makers, seen, shares

ANSWERS = {
    answer.name: answer
    for answer in (
        shares.SHARES,
        dated.CLASSES,
        dated.TIMELINE,
        dated.ASSEMBLY,
        lag.LAG,
        seen.SEEN,
        seen.SUBSTITUTION,
        makers.RANKING,
        commonality.COMMONALITY,
        commonality.BESIDE,
        claims.CLAIMS,
    )
}

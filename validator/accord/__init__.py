"""Pairs in accord: an entry and its document that agree to the letter and share nothing with any other.

No rule has anything to say of such a pair, and in a corpus that is kept well nearly all are. So they are not made into
entries, documents and pairs, which would be most of what a run costs: they are found on the way, counted and left out.
What is left is read, joined and judged as if it were all there is.

That must not be seen in any finding. A pair is in accord only if

* its row is one of a uniform stretch (`uniform`), neither the first nor the last, and links straight to its document;
* its document is sound (`sound`), states one ID, the row's, and agrees with the row in each field that is compared;
* nothing else is, or looks like, that ID, has that content, or has that path in another case; no other row means it.

At the first doubt a pair is left in. A contract whose promises look at all entries together (`order`, references,
sequences, lists) has none in accord. Tests hold the findings of every case and of invented corpora to those of a run
that leaves nothing out.

Finding them costs something too, as much as a few dozen pairs: a small index is read and judged as it is.
"""

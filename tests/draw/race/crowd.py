"""Many clients who ask for the same thing at the same moment."""

from collections import Counter
from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from fieldapp import db


def all_at_once(verbs: Sequence[Callable[[], str]]) -> Counter[str]:
    """Call every verb in a thread of its own, all starting together; counts what they answered."""
    barrier, answers = Barrier(len(verbs)), list[str]()

    def ask(verb: Callable[[], str]) -> None:
        barrier.wait()
        try:
            answers.append(verb())
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test shows it as an answer
            answers.append(repr(fault))
        finally:
            db.session.remove()

    threads = [Thread(target=ask, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(answers)

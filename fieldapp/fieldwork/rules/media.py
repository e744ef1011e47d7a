"""Photos, films, sounds and files of a record: what kind they are, and how they came to be."""

from fieldapp.fieldwork.rules.words import Grade
from fieldapp.law import article

MINUTE = 60_000
AHEAD = MINUTE  # what a file's own date may lie after the phone's clock
AT_ONCE = 15 * MINUTE
SAME_DAY = 12 * 60 * MINUTE


@article("24")
def capture_grade(said: str, *, made_at: int | None, taken_at: int | None) -> Grade:
    """How a piece of evidence came to be, never better than its own dates (milliseconds of the phone's clock) allow.

    In the app: by the kit's camera button or recorder, and at most 15 minutes old when it came. From the gallery: chosen
    from the phone, and at most 12 hours old. Everything else is a late import. The phone has already called what was made
    before the arrival a late import; kits of earlier releases send no date of the file, and are taken at their word.
    """
    grade = Grade(said) if said in set(Grade) else Grade.IMPORTED
    if grade in {Grade.BACKFILLED, Grade.IMPORTED} or made_at is None or taken_at is None:
        return grade
    age = taken_at - made_at
    if grade is Grade.IN_APP and -AHEAD <= age <= AT_ONCE:
        return grade
    return Grade.GALLERY if -AHEAD <= age <= SAME_DAY else Grade.IMPORTED


def media_kind(media_type: str) -> str:
    """How it is shown: picture, film, sound, or a file to be opened elsewhere."""
    family = media_type.partition("/")[0]
    return {"image": "picture", "video": "film", "audio": "sound"}.get(family, "file")

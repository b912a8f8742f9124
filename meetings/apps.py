from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Sammanträden"

    def ready(self):
        from enamnd.journal.trail import tell
        from enamnd.letters.kinds import name_kinds
        from meetings.adjusting import letters as adjusting_letters
        from meetings.adjusting import wording as adjusting_words
        from meetings.decisions import wording as decision_trail
        from meetings.newsletters import wording as newsletter_words
        from meetings.noticing import wording as notice_words
        from meetings.planning import wording as planning_wording
        from meetings.sitting import wording as sitting_wording

        from .trail import WORDINGS

        tell(WORDINGS)
        tell(adjusting_words.WORDINGS)
        name_kinds(adjusting_letters.KINDS)
        tell(planning_wording.WORDS)
        tell(sitting_wording.WORDINGS)
        name_kinds(planning_wording.KINDS)
        tell(notice_words.WORDINGS)
        name_kinds(notice_words.LETTER_KINDS)
        tell(decision_trail.WORDINGS)
        name_kinds(decision_trail.LETTERS)
        tell(newsletter_words.WORDINGS)
        name_kinds(newsletter_words.LETTERS)

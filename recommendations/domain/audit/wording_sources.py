"""The verbs about sources, their rules and answers, in words (the others are in verbs.py)."""

FROZEN = {"source", "basis", "source_word", "source_initial", "publication", "answerer", "clock_start"}
FROZEN |= {"last_day_name", "first_day_counts"}

VERBS_OF_SOURCES = {
    "choose_sections": "What the office uses chosen",
    "set_source": "Source set",
    "set_basis": "Rule of a source set",
    "record_answer_step": "Step of a reply recorded",
    "correct_answer_step": "Step of a reply changed",
    "record_followed_answer": "Reply of the chief officer brought in",
    "withdraw_answer_step": "Step of a reply withdrawn",
    "ask_extension": "More time asked for",
    "answer_extension": "Decision on the extension recorded",
    "withdraw_extension": "Extension withdrawn",
    "stop_clock": "Clock stopped",
    "resume_clock": "Clock runs on",
}

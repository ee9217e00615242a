"""The sentences of a citizen's story, as templates. The code that fills them stands in `story`."""

from __future__ import annotations

STORY_NO_SERVICE = "No service: nobody helps"
STORY_WHERE = ", lives in {place}"
STORY_ARISES = "The need arises ({group}{where}): level {level}, {needs}."
STORY_ARRIVES = "Arrives ({group}{where})."
STORY_WAITED = "On the list before the run begins, which is on day {day} ({group}{where}){need}."
STORY_WAITED_NEED = ": level {level} then, {needs}"
STORY_NEVER_ASKED = "Never makes contact within this time."
STORY_END = "End of follow-up. {state}"
STORY_ASKS = "Makes contact for the first time. "
STORY_COMES_BACK = "Comes to the front door for the {time} time. "
STORY_JOINS = "{stage}: {wait}."
STORY_AT_ONCE = "seen at once"
STORY_APPOINTMENT_AT_ONCE = "has an appointment at once"
STORY_WAITS = "waits {time}"
STORY_QUEUES = "joins the queue"
STORY_BEGINS_AT_ONCE = "{stage} begins at once; it takes {hours}."
STORY_PASSED_ON = "passed on to {stage}"
STORY_NO_FURTHER = "it leads no further"
STORY_DELAY = "{stage}: nothing happens for {time}."
STORY_NO_DELAY = "{stage}: at once."
STORY_TO_THE_END = "the rest of the time"
STORY_STARTS = "{stage} begins; it takes {hours}."
STORY_HOURS = "{hours} of staff time"
STORY_ENDS = "{stage} is over{hours}: "
STORY_TURNED_AWAY = "{stage}: {outcome}"
STORY_LEFT_QUEUE = "{stage}, after {time} in the queue: "
STORY_SEEN = "; seen as {seen}, truly {true}"
STORY_OUTCOMES = {
    "routed": "{onward}{seen}.",
    "helped_fit": "the help fitted.",
    "helped_unfit": "the help did not fit.",
    "refused_level": "refused, the need is seen as too low{called}{seen}.",
    "refused_needs": "refused, too many needs{called}{seen}.",
    "refused_criteria": "refused, outside the criteria{called}{seen}.",
    "missed": "the appointment was missed.",
    "gave_up": "gives up waiting.",
    "full": "turned away, the queue is full.",
    "recovered": "the need has ended by itself meanwhile.",
    "left_area": "no longer here.",
    "open": "still going on.",
}
STORY_CHANGES = {
    "worsened": "Things get worse: {before} to {after}.",
    "eased": "Things ease by themselves: {before} to {after}.",
    "eased_to_none": "Recovers unaided: the need is over.",
    "relapsed": "The need is back, at level {after}.",
    "helped": "The help brings the need down: {before} to {after}.",
    "helped_to_none": "The need is over, thanks to the help.",
    "left_area": "Dies or moves away.",
    "left_area_to_none": "Dies or moves away.",
}
STORY_STATES = {
    "none": "No need is open.",
    "gone": "No longer here.",
    "waiting": "Still in need, at level {level}, and waiting.",
    "busy": "Still in need, at level {level}, and in a stage.",
    "delayed": "Still in need, at level {level}, and in a delay ({stage}).",
    "away": "Still in need, at level {level}, and with nobody.",
}
STORY_STATES_PLAIN = {
    "gone": "Has left.",
    "waiting": "Still waiting.",
    "busy": "Still being served.",
    "delayed": "Still in a delay ({stage}).",
    "away": "Has left.",
}

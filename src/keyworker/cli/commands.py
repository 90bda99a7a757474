"""Every command by name: the module that holds it, and what it does in a line.

Only the module of the command that was typed is loaded, so that `keyworker --help` and a mistyped word are answered at
once and a command waits for nothing that it does not need. A test holds the lines to what the modules say themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, Mapping[str, str]] = {
    "load": {
        "load": "Take files into the record. Each source is taken whole or not at all; "
        "the same file twice adds nothing.",
        "loads": "Every load: what it brought, when it was cut, when it was taken in, "
        "what was set aside; and what was refused.",
        "set-aside": "Write out the rows that a load set aside, each with its reason and "
        "remedy, to be mended and loaded again.",
    },
    "meaning": {
        "map": "Write a workbook of every team, job title, involvement role and visit "
        "kind found, to fill in and load back.",
        "quality": "What the data cannot support, how often, and which figures that weakens.",
    },
    "identity": {
        "matches": "How far each source's children are known to the other sources.",
        "alike": "New children who were written down here and may be known already, each with the "
        "identifiers to join or leave.",
        "join": "Decide that two identifiers are one child. It can be undone with `keyworker part`.",
        "part": "Undo a join; what was believed while it stood can still be asked.",
    },
    "read": {
        "children": "Every open child at a moment: who holds them, when they were last seen, where they stand.",
        "child": "One child's whole time with the service, as a chronology.",
        "team": "A team's workers and their supervisors: what each holds, days since supervision, whom they supervise.",
        "service": "The whole service by district or team: loads, children past their "
        "interval, changes, supervision, vacancies.",
    },
    "cover": {
        "cover-sheet": "What a worker who has never met a child must know; what must not be told is not in it.",
    },
    "stories": {
        "worker": "One worker, month by month: children held, agreed capacity, days above it, supervisions held.",
        "post": "One post: who was in it, when it was empty, how much of that agency "
        "workers covered, steps to fill it.",
        "posts": "Every post at a moment: how much of it is empty, since when, and how far filling it has come.",
        "team-over-time": "A team through each reorganisation, month by month, with the teams it "
        "came of and those that came of it.",
    },
    "measures": {
        "measures": "Every measure of the catalogue: which definition answers it, on which engines, or why "
        "the record cannot tell.",
        "measure": "One measure: numerator, denominator and value for each date and "
        "group, or whom or what each number counts.",
    },
    "figures": {
        "figures": "What the Department for Education has published, 2013 to 2024: a "
        "council beside its neighbours, never a ranking.",
    },
    "needs": {
        "needs-me": "What needs whoever has signed in today, in order, as counts.",
        "begun": "The forms that whoever has signed in has begun and not sent, without a word of what was typed.",
    },
    "reminding": {
        "remind": "Send the reminders by email that are due now; for a timer where the pages are not served.",
    },
    "finding": {
        "find": "Find a child, a worker or a team by a name, one near it, or a number.",
    },
    "clocks": {
        "rules": "Every timescale in every edition, with its source; what is unconfirmed says so.",
        "clocks": "Where every duty to a child, or of a worker, stands: when it began, when it is due, and why.",
        "due": "What is overdue and what is due soon, by how long it is overdue, then by when it is due.",
        "missed": "Why children were not seen in time: what the record shows of each interval that was missed.",
        "nothing-recent": "Open children of whom nothing was recorded in 28 days and who were in "
        "no case supervision in two months.",
    },
    "paces": {
        "ahead": "What falls due in the next ten working days, and how much of it will "
        "pass its day at the last year’s pace.",
        "pace": "When the duties of a timescale were done in the last year, against their day.",
    },
    "time_asked": {
        "ask-time": "Say that one open duty to a child cannot be done by its day; a manager must answer.",
        "time-to-answer": "Who asks for time and waits for an answer that you may give; what nobody answered in time.",
        "time-asked": "Every time that time was asked for of a child's duties, and what was answered.",
        "answer-time": "Answer somebody who asked for time: another date, somebody else, together, or late.",
        "take-time-back": "Take back that you asked for time: it can be done by then after all.",
    },
    "kept_posts": {
        "write-post": "Write a new post down.",
        "change-post": "Say what a post is from a day on, correct what stands, or close it; for a reason.",
        "write-post-step": "Write a step in filling a post down.",
        "correct-post-step": "Correct or withdraw a step in filling a post, for a reason.",
        "post-history": "What was written here of a post: as it stands, its steps, and what was changed and why.",
    },
    "staff_records": {
        "new-worker": "Write somebody down whom the record does not know as a worker.",
        "record-staff": "Record an entry of a worker with a form: a post, an absence, registration, learning.",
        "staff-recorded": "What stands of a worker, each entry with the number by which it is corrected, and none of "
        "its words.",
        "correct-staff": "Correct an entry of a worker, or withdraw it, for a reason.",
    },
    "cover_decisions": {
        "to-cover": "The children for whom you decide whose worker has left, or is away with nothing decided. Never "
        "why.",
        "decide-cover": "Decide who covers for a child whose worker is away, or why nobody does.",
    },
    "new_children": {
        "like-child": "The children like one who is to be written down, as far as you may see them.",
        "write-child": "Write down a child whom nobody here knows, with the contact or referral that brought them.",
    },
    "own_load": {
        "my-load": "A worker's load, child by child: who counts, who does not and why, what each weighs.",
        "first-years": "What is promised to each worker in their first year, and whether it is kept.",
        "challenge-load": "Say that your own load is not right, and why; a manager must answer.",
        "loads-to-answer": "The load challenges that wait for an answer that you may give.",
        "answer-load": "Answer a worker who says that their load is not right: put right, or explained.",
        "settle-load": "Say whether an answer about your own load settles it.",
        "take-load-back": "Take back that your own load is not right, while nobody has answered.",
    },
    "planned_visits": {
        "plan-visit": "Plan a visit to a child; it counts for nothing until it is written down.",
        "planned-visits": "The visits that were planned to a child, and what became of each.",
        "my-visits": "The visits that you are to make, and those whose day passed with nothing written down.",
        "move-visit": "Move a planned visit; it stays as it was, with who moved it and why.",
        "call-visit-off": "Write down that a planned visit was called off, by whom and why.",
    },
    "exceptions": {
        "exceptions": "The exceptions from timescales that were agreed for a child, also those that were withdrawn.",
        "agree": "Write down that one open duty to a child may come later, or is not asked for this time.",
        "withdraw": "Withdraw an exception. What was known while it stood can still be asked.",
    },
    "allocations": {
        "workers-of": "Who works with a child today, and as what.",
        "handovers": "Changes of worker that wait for an answer or are not complete; "
        "of one child, all that were offered.",
        "allocate": "Say who works with a child. A child who has a worker is offered to the other, who must accept.",
        "answer-handover": "Accept or refuse a child who is offered.",
        "withdraw-handover": "Take back the offer of a child to another worker, while it waits.",
        "handover-steps": "Write down when a child was told of a change of worker, introduced and offered a goodbye.",
        "end-allocation": "End that a worker works with a child, in whatever role they do.",
    },
    "case_supervision": {
        "supervisions": "The supervisions of a child's case, the latest first; what was decided "
        "with --names and a --reason.",
        "supervision-actions": "What was undertaken for a child in supervision, by when, and what came of it.",
        "my-actions": "What you undertook in supervision and is open, by the day on which it is due.",
        "record-supervision": "Write down a supervision of a child's case that you held or were given. "
        "What was decided is read from standard input, unless it was called off.",
        "answer-supervision": "Say, as the worker who was supervised, whether a supervision of a child's case was so.",
        "withdraw-supervision": "Withdraw a supervision of a child's case, as one of the two who held it. "
        "It counts as never held.",
    },
    "markers": {
        "not-to-be-told": "What is marked of a child as not to be told, to whom and why, also what was withdrawn.",
        "mark": "Mark an address, a school, a carer or another thing as not to be told "
        "to one person, or to anyone outside.",
        "unmark": "Ask to withdraw what was marked as not to be told. It holds until a second person agrees.",
        "answer-unmark": "Answer who asks to withdraw what must not be told. Nobody agrees to what they asked.",
    },
    "direct_work": {
        "direct-work": "The direct work with a child that was written down, without what is attached.",
        "nothing-attached": "The visits of late at which direct work is mentioned and nothing of it is attached.",
        "attach-direct-work": "Write down direct work at a visit, with what came of it.",
        "open-direct-work": "Write what is attached to a file, where the child agrees that you open it.",
        "agree-direct-work": "Write down what the child now agrees to of direct work; it counts from now on.",
    },
    "own_words": {
        "own-words": "What a child and the family said, and with which entries they do not agree.",
        "entries": "Every entry about a child, by number, with which a child or a parent may not agree.",
        "write-own-words": "Write down for a child or a parent what they say, or that they do not agree with an entry.",
        "take-back-own-words": "Write down that whoever said something took it back; it stays, with both days.",
    },
    "plan_actions": {
        "plan-actions": "What a child's plan asks, of whom and by when, with what came of it.",
        "own-actions": "What you are to do under any child's plan, by the day on which it is due.",
        "write-plan-action": "Write down one thing that a child's plan asks, of a worker, of the "
        "family or of another agency.",
        "move-plan-action": "Move the day by which an action of a plan is to be done; the day agreed first stays.",
        "end-plan-action": "Write down that an action of a plan was done, or is given up and why.",
    },
    "by_hand": {
        "record": "Record an entry of a child with a form; without a kind, list the forms and what each asks.",
        "recorded": "What stands of a child from a contact to a closure, each with the number "
        "by which it is corrected.",
        "case-notes": "The case notes of a child, the latest first; what they say with --names and a --reason.",
        "entry-history": "What an entry said and says now, who wrote it and when; with --names "
        "and a --reason also the answers and why.",
        "correct-entry": "Correct an entry: the answers that are given take the place of those "
        "that stand, for a reason.",
        "withdraw-entry": "Withdraw an entry that was recorded here: it was never so. What was "
        "known while it stood can still be asked.",
    },
    "challenges": {
        "challenges": "Every open challenge about the children whom you may see, by the day by which "
        "it is to be answered.",
        "challenges-of": "The challenges about one child, stage by stage, with what was answered.",
        "challenge": "Challenge what is planned or done for a child, or write down that another agency does.",
        "answer-challenge": "Answer the stage at which a challenge is. Nobody answers their own.",
        "next-stage": "Take a challenge that was not resolved to the next stage.",
        "end-challenge": "Write down that a challenge was resolved, or is withdrawn.",
    },
    "meetings": {
        "meetings": "The meetings about a child that were written down here, the latest first.",
        "meeting-invitations": "Which agencies were invited to each meeting about a child, and which came.",
        "record-meeting": "Write down a meeting about a child. What was decided is read from standard input.",
        "withdraw-meeting": "Withdraw a meeting that was written down here. It counts as never held.",
    },
    "erasures": {
        "ask-erasure": "Ask that an entry be erased in all its history. Nothing goes until a second person agrees.",
        "erasures": "The erasures that wait for a second person who may be you.",
        "answer-erasure": "Agree to an erasure, as the second person, or refuse it. What is "
        "agreed is gone at once, for good.",
    },
    "copies": {
        "for-child": "The page for the child: who is my worker, who was it and why, did they come, who else can help.",
        "copies": "The copies for people outside that were asked for of a child, and how each stands.",
        "ask-copy": "Show what a copy for somebody outside would say and leave out; with --yes, ask to give it.",
        "answer-copy": "Answer a copy that somebody else asked for, having looked at what it "
        "says. Nobody answers their own.",
        "give-copy": "Write a copy that may be given, as plain text; it is listed by `keyworker exports`.",
    },
    "outside": {
        "told-outside": "The words for another agency that wait for you as the second person.",
        "answer-told-outside": "Answer whether another agency may be told some words, having looked at "
        "them. Nobody answers their own.",
    },
    "rebases": {
        "rebases": "From where on the limits of a measure's chart were worked out afresh, by whose decision and why.",
        "rebase": "Let the limits of a measure's chart start afresh from a month on. It "
        "stands on the chart with who and why.",
        "withdraw-rebase": "Withdraw fresh limits. That they held can still be seen.",
    },
    "restrictions": {
        "restricted": "The restricted children for whom you are named; with --restricted and a reason, all of them.",
        "restrict": "Decide that only named people may see a child, from now on. You are named too.",
        "name": "Name one more person who may see a restricted child.",
        "unname": "Take back that somebody is named for a restricted child.",
        "lift": "Lift a restriction: whoever the table of who may see what lets in sees the child again.",
    },
    "looking": {
        "access-log": "Who opened what, when, as what and what for: the latest first. It is "
        "not for managing anybody's performance.",
        "looked": "On which days of the last year, as what and what for somebody looked at a child; never who.",
        "emergencies": "What was opened in an emergency, by whom and until when, and what the "
        "review found: what waits first.",
        "review": "Write down whether it was right to open a record in an emergency.",
    },
    "supervision": {
        "supervision-notes": "The notes of personal supervision that are yours to read today; their "
        "words with --names and a --reason.",
        "write-supervision-note": "Write a note of a supervision that you held or were given. Its words "
        "are read from standard input.",
        "answer-supervision-note": "Say whether you agree with a note of your own supervision.",
        "withdraw-supervision-note": "Withdraw a note that you wrote. Its words are shown no more.",
    },
    "areas": {
        "areas": "Supervision, load, cover, learning and vacancies in each area, side by side.",
    },
    "permissions": {
        "permissions": "Who may see what: every role by every thing, how far, and for which purpose.",
    },
    "write": {
        "write": "Write a return as at a day, with a sheet that reconciles what went "
        "in, what came out and what was left out.",
    },
    "snapshot": {
        "snapshot": "Copy the record into Parquet: nameless, under random keys, readable "
        "by you only, gone when its time is over.",
        "snapshots": "Every snapshot: who made it, why, and until when it lives.",
    },
    "exports": {
        "exports": "Everything that left the record as files, and until when it lives; "
        "what is over and unchanged is removed.",
    },
    "county": {
        "county": "Write a made-up county as files: nobody in it exists. The figures are "
        "held to a real county's published ones.",
        "demo": "Load the made-up county, print the address and the sign-ins, and serve the pages until stopped.",
    },
    "serve": {
        "serve": "Serve the pages to this machine until stopped, and print their address.",
    },
    "signing_in": {
        "sign-in": "Sign in: from now on commands see what you may see, as the pages do, "
        "for eight hours or until you sign out.",
        "sign-out": "Sign out: from now on commands are the keeper's of this machine again.",
    },
    "server": {
        "status": "Where the record is kept, whether its database server runs, and "
        "whether anything uses it. Starts nothing.",
        "stop": "Stop the record's own database server. The next command starts it "
        "again; nothing that was kept is lost.",
    },
    "sign_ins": {
        "sign-ins": "Who can sign in to the pages; what they may see is in the list of roles.",
    },
    "tokens": {
        "tokens": "The tokens by which other systems ask; what each may see is in the roles.",
    },
}
